"""Form fields, error summaries, counting lines and the buttons that perform verbs."""

from collections.abc import Sequence
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)


@register.filter
def control_kind(field: BoundField) -> str:
    """Which part of the field's partial draws it: hidden, choices, checkbox or control."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, CHOICES):
        return "choices"
    return "checkbox" if isinstance(widget, forms.CheckboxInput) else "control"


@register.simple_tag
def control(field: BoundField, unit: str = "", big: bool = False) -> SafeString:
    """The bare input, select or textarea of a field in our style, tied to its hint, its error and its unit.

    A form names the unit of a number itself (`attrs={"data-unit": "paket"}`), or the template does.
    """
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return field.as_widget()
    unit = unit or str(widget.attrs.get("data-unit", ""))
    attrs: dict[str, Any] = {"class": _css(widget, big)}
    if isinstance(field.field, forms.IntegerField):
        attrs |= {"inputmode": "numeric", "autocomplete": "off"}
    described = " ".join(filter(None, (field.aria_describedby, f"{field.auto_id}_unit" if unit else "")))
    if described:
        attrs["aria-describedby"] = described
    drawn = field.as_widget(attrs=attrs)
    if not unit:
        return drawn
    return format_html(
        '<div class="affix">{}<span class="affix-unit" id="{}_unit">{}</span></div>',
        drawn,
        field.auto_id,
        unit,
    )


def _css(widget: forms.Widget, big: bool) -> str:
    kind = "input"
    if isinstance(widget, forms.Textarea):
        kind = "textarea"
    elif isinstance(widget, forms.Select):
        kind = "select"
    return " ".join(filter(None, (kind, "input-number" if big else "", widget.attrs.get("class", ""))))


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, unit: str = "", big: bool = False) -> dict[str, Any]:
    """`{% field form.quantity unit="paket" big=True %}`; `{{ form }}` draws every field this way."""
    return {"field": bound, "unit": unit, "big": big}


@register.inclusion_tag("components/form_errors.html")
def form_errors(form: forms.BaseForm) -> dict[str, Any]:
    """What is wrong, above the form, each line leading to its field."""
    return {"form": form}


@register.inclusion_tag("components/tally.html")
def tally(fields: Sequence[BoundField], total: int, expected: int, error: str = "") -> dict[str, Any]:
    """Counting goods: one line per field, and the running sum against what was sent."""
    return {"fields": fields, "total": total, "expected": expected, "error": error}


@register.inclusion_tag("components/verb.html", takes_context=True)
def verb(context: Context, url: str, label: str, **options: Any) -> dict[str, Any]:
    """A button that performs a verb by POST. Options are described in components/verb.html."""
    return {**options, "url": url, "label": label, "csrf_token": context.get("csrf_token")}
