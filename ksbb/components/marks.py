"""Small marks: icons, the sample mark, states, the as-of line, QR codes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import segno
from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from ksbb.icons import PATHS

register = template.Library()


def inline(name: str, **context: Any) -> SafeString:
    """A partial that stands within a sentence: without the line's end, which would be a space before a comma."""
    return mark_safe(render_to_string(f"components/{name}.html", context).strip())


@register.simple_tag
def icon(name: str, label: str = "") -> str:
    """An icon of ksbb/icons.py in the text's colour; silent unless it has a label of its own."""
    if label:
        voice = format_html('role="img" aria-label="{}"', label)
    else:
        voice = mark_safe('aria-hidden="true" focusable="false"')
    return format_html('<svg class="icon" viewBox="0 0 20 20" {}><path d="{}"/></svg>', voice, PATHS[name])


@register.simple_tag
def sample() -> str:
    """The mark beside a block of invented figures."""
    return format_html('<span class="sample">{}</span>', _("data contoh"))


STATUS_LABELS = {
    "open": pgettext_lazy("status", "terbuka"),
    "held": pgettext_lazy("status", "ditahan"),
    "allocated": pgettext_lazy("status", "dialokasikan"),
    "delivered": pgettext_lazy("status", "diterima"),
    "verified": pgettext_lazy("status", "terverifikasi"),
    "late": pgettext_lazy("status", "terlambat"),
    "closed": pgettext_lazy("status", "ditutup"),
    "draft": pgettext_lazy("status", "draf"),
}


@register.simple_tag
def status(kind: str, label: str = "") -> SafeString:
    """`{% status "held" %}`: a word with a mark whose shape differs by kind (the keys of STATUS_LABELS)."""
    return inline("status", kind=kind, label=label or STATUS_LABELS[kind])


@register.inclusion_tag("components/asof.html")
def asof(moment: datetime | None, href: str = "", label: str = "") -> dict[str, Any]:
    """`{% asof statistics.as_of %}`: the time of the figures above it, with a way to the rows."""
    return {"moment": moment, "href": href, "label": label}


@register.inclusion_tag("components/qr.html")
def qr(url: str, label: str = "") -> dict[str, Any]:
    """`{% qr absolute_url %}`: a QR code as one SVG path; a quiet zone comes from the style."""
    code = segno.make(url, error="m", micro=False)
    rows = [bytes(row) for row in code.matrix]
    return {"size": len(rows), "path": _runs(rows), "label": label or _("Kode QR menuju halaman ini")}


def _runs(rows: Sequence[bytes]) -> str:
    """Dark modules as horizontal strokes 1 unit high: "M0 0.5h7m1 0h3…"."""
    parts = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            end = x
            while end < len(row) and row[end]:
                end += 1
            if end > x:
                parts.append(f"M{x} {y}.5h{end - x}")
            x = max(end, x + 1)
    return "".join(parts)


@register.inclusion_tag("components/steps.html")
def steps(number: int, total: int, label: str) -> dict[str, Any]:
    """`{% steps 2 6 "jumlah" %}`: where one is in a form of one question a page."""
    wide = 100 / total
    parts = [
        {
            "css": "done" if i < number else "now" if i == number else "todo",
            "x": f"{(i - 1) * wide:.2f}%",
            "width": f"{wide - (1 if i < total else 0):.2f}%",
        }
        for i in range(1, total + 1)
    ]
    return {"number": number, "total": total, "label": label, "parts": parts}


@register.simple_tag
def term(slug: str, label: str) -> SafeString:
    """`{% term "terverifikasi" "terverifikasi" %}`: a word that opens its definition (definition.html)."""
    return inline("term", slug=slug, label=label)
