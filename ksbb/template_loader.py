"""Pages without the indentation of their templates, which is there for whoever writes them."""

import re

from django.template import Origin
from django.template.loaders import filesystem

_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


def unindented(template: str) -> str:
    """The template with every line from its first letter on: as it is compiled, and as its texts are collected."""
    return _INDENTATION.sub("", template)


class Loader(filesystem.Loader):
    """The project's templates; those of pages without their indentation."""

    def get_contents(self, origin: Origin) -> str:
        contents = str(super().get_contents(origin))
        return unindented(contents) if origin.name.endswith(".html") else contents
