"""The frame of a page: navigation, languages, paging, sections."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.context import Context
from django.urls import NoReverseMatch
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ksbb.navigation import foot_links, header_links, language_links
from programs.preview import HEIGHT, WIDTH, Preview, site_preview

register = template.Library()


@register.inclusion_tag("components/pages.html", takes_context=True)
def pages(context: Context, page: Page, of: str = "", parameter: str = "hal", at: str = "") -> dict[str, Any]:
    """`{% pages page "kebutuhan" %}`: paging that keeps the rest of the query; nothing for a single page.

    `at`: the id of the list, where it does not begin the page.
    """
    asked = context["request"].GET

    def link(to: int) -> str:
        query = asked.copy()
        if to == 1:
            query.pop(parameter, None)
        else:
            query[parameter] = str(to)
        return f"?{query.urlencode()}{f'#{at}' if at else ''}"

    wanted = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "of": of,
        "links": [
            {"label": n, "href": link(n) if isinstance(n, int) else "", "current": n == page.number}
            for n in wanted
        ],
        "previous": link(page.number - 1) if page.has_previous() else "",
        "next": link(page.number + 1) if page.has_next() else "",
    }


@register.filter
def item(values: Sequence[Any], index: int) -> Any:
    """The value at a place: a column of a table, beside the cell that stands in it."""
    return values[index]


@register.simple_tag(takes_context=True)
def header_nav(context: Context) -> list[dict[str, Any]]:
    """The links of the header that exist, the current one marked."""
    return header_links(context.get("request"))


@register.simple_tag
def foot_nav() -> list[dict[str, Any]]:
    """The columns of the footer with the links that exist."""
    return foot_links()


@register.simple_tag(takes_context=True)
def languages(context: Context) -> list[dict[str, Any]]:
    """This page in each language: code, name, href, absolute address, current."""
    return language_links(context.get("request"))


@register.simple_tag(takes_context=True)
def preview_image(context: Context) -> dict[str, Any]:
    """The picture for links to this page: the view's `preview`, else the site's; empty where there is none."""
    request = context.get("request")
    found: Preview = context.get("preview") or site_preview()
    try:
        href = request.build_absolute_uri(found.href) if request else ""
    except NoReverseMatch:
        href = ""
    if not href:
        return {}
    said = " ".join(filter(None, (found.figure, found.words)))
    alt = found.title + (f"{' ' if found.title.endswith('.') else ': '}{said}" if said else "")
    return {"href": href, "width": WIDTH, "height": HEIGHT, "alt": alt}


@register.simple_block_tag(takes_context=True)
def capture(context: Context, content: SafeString, name: str) -> str:
    """Keep what a block says under a name, to say it in a second place (a title and its og:title)."""
    context[name] = content.strip()
    return ""


@register.simple_block_tag
def section(content: SafeString, title: str, note: str = "", id: str = "", wide: bool = False) -> str:
    """A ruled section: its title and one-line reading in the margin column, the matter beside it."""
    name = id or f"s-{'-'.join(title.lower().split())[:40]}"
    return format_html(
        '<section class="section{}" aria-labelledby="{}"><div class="section-head"><h2 id="{}">{}</h2>{}'
        '</div><div class="section-body">{}</div></section>',
        " section-wide" if wide else "",
        name,
        name,
        title,
        format_html("<p>{}</p>", note) if note else "",
        content,
    )
