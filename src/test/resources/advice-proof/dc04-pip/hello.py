import os

from jinja2 import Template

print(Template("hello {{ revision }}").render(revision=os.environ["APP_REVISION"]))
