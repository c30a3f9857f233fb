from jinja2 import Template

print(Template("hello {{ word | upper }}").render(word="jinja"))
