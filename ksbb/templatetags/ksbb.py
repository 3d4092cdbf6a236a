"""What templates say `{% load ksbb %}` for: figures and times in words of the place, and the components.

Filters give plain text. Tags that draw a component render one partial of templates/components/, where its
arguments are described; `/komponen/` shows them all. Nothing here asks the database.
"""

from django import template

from ksbb.components import drawings, fields, figures, marks, pages

register = template.Library()

for _kind in (figures, marks, drawings, fields, pages):
    register.tags.update(_kind.register.tags)
    register.filters.update(_kind.register.filters)
