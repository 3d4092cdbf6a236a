"""The links of header and footer, and this page in its other language. Only pages that exist are linked."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

HEADER = (
    ("map", pgettext_lazy("nav", "Peta kebutuhan")),
    ("needs", pgettext_lazy("nav", "Kebutuhan")),
    ("programs", pgettext_lazy("nav", "Program")),
    ("statistics", pgettext_lazy("nav", "Statistik")),
    ("proposals", pgettext_lazy("nav", "Usulan")),
    ("open_data", pgettext_lazy("nav", "Data terbuka")),
)
FOOTER = (
    (
        pgettext_lazy("nav", "Untuk Anda"),
        (
            ("account_signup", _("Menjadi kolaborator")),
            ("proposals", _("Usulan warga")),
            ("rw_guide", _("Panduan pengurus RW")),
            ("bast_lookup", _("Periksa berita acara")),
            ("check", _("Periksa dokumen")),
        ),
    ),
    (
        pgettext_lazy("nav", "Angka"),
        (
            ("statistics", pgettext_lazy("nav", "Statistik")),
            ("definitions", _("Definisi")),
            ("open_data", pgettext_lazy("nav", "Data terbuka")),
        ),
    ),
    (
        pgettext_lazy("nav", "Yang terjadi"),
        (
            ("gallery", _("Galeri serah terima")),
            ("stories", pgettext_lazy("nav", "Kisah")),
            ("collaborators", pgettext_lazy("nav", "Kolaborator")),
        ),
    ),
    (
        pgettext_lazy("nav", "Tentang"),
        (
            ("about", _("Cara kerja KSBB")),
            ("privacy", _("Data pribadi")),
            ("proposal_rules", _("Aturan usulan warga")),
            ("accessibility", _("Aksesibilitas")),
        ),
    ),
)
# Pages that stand under a page of the header.
UNDER = {
    "region": "map",
    "need": "needs",
    "program": "programs",
    "proposal": "proposals",
    "proposal_rules": "proposals",
    "definitions": "statistics",
    "api_reference": "open_data",
    "embed": "open_data",
}


def address(name: str) -> str:
    """The address of a page, or "" while there is no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def header_links(request: HttpRequest | None) -> list[dict[str, Any]]:
    """Label, href and `current`: "page" on the page itself, "true" on pages under it, else ""."""
    match = getattr(request, "resolver_match", None)
    here = match.url_name if match else ""
    return [
        {
            "label": label,
            "href": href,
            "current": "page" if here == name else "true" if UNDER.get(here) == name else "",
        }
        for name, label in HEADER
        if (href := address(name))
    ]


def foot_links() -> list[dict[str, Any]]:
    """The footer's columns: title and links; a column without a page is left out."""
    columns = [
        {
            "title": title,
            "links": [{"label": label, "href": href} for name, label in pages if (href := address(name))],
        }
        for title, pages in FOOTER
    ]
    return [column for column in columns if column["links"]]


def language_links(request: HttpRequest | None) -> list[dict[str, Any]]:
    """This page in each language. Addresses use the same words in both, so only the prefix changes.

    A view whose page is nothing without its question says so: `request.own_query` then belongs to the page's address.
    """
    if request is None:
        return []
    current = get_language()
    rest = request.path
    for code, _name in settings.LANGUAGES:
        if rest == f"/{code}" or rest.startswith(f"/{code}/"):
            rest = rest[len(code) + 1 :]
            break
    else:
        rest = "/"
    query = request.META.get("QUERY_STRING", "")
    asked = f"?{query}" if query else ""
    own = getattr(request, "own_query", "")
    absolute = f"{rest}?{own}" if own else rest
    return [
        {
            "code": code,
            "name": name,
            "href": f"/{code}{rest}{asked}",
            "absolute": request.build_absolute_uri(f"/{code}{absolute}"),
            # Who shares what was asked for shares that, and not the page before it was asked.
            "shared": request.build_absolute_uri(f"/{code}{rest}{asked}"),
            "current": code == current,
        }
        for code, name in settings.LANGUAGES
    ]
