"""What the server refuses of a step and the page can see: said by the page in the same words, also without signal.

A field says it in attributes, `data-<rule>` and `data-<rule>-words`, which `static/js/report-checks.js` reads. The server
checks again.
"""

from typing import Any

from django import forms


def tell_page(field: forms.Field, rule: str, other: object, words: Any) -> None:
    """Let the page hold the field to one of the script's `RULES`; `other` is what it is held against."""
    field.widget.attrs |= {f"data-{rule}": other, f"data-{rule}-words": words}
