import six

print(six.text_type(1))
