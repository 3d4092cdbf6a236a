"""What search engines find: an index of the public pages, each in both languages, and the rules for crawlers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap, views
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from donations.stories.models import Story
from programs.models import Need, Program
from regions.models import Region
from regions.public_version import public_page

PAGES = (
    "home", "map", "needs", "programs", "statistics", "definitions", "proposals", "collaborators", "gallery", "stories",
    "open_data", "about", "privacy", "accessibility", "rw_guide", "bast_lookup",
    "misconduct",
)  # fmt: skip
# Pages for members and answers to questions: nothing that a search engine should show.
CLOSED = (
    "akun", "masuk", "meja", "kelola", "laporan", "pengiriman", "komitmen", "ikrar", "foto", "bast/*/foto",
    "kebutuhan/*/ikrar", "cek/*",
    "statistik/baris", "lapor/baru", "lapor/terkirim", "lapor/pantau", "lapor/saya", "lapor/kasus", "lapor/akses",
)  # fmt: skip


class BothLanguages(Sitemap):
    """Each page in both languages, each naming the other. Django's own way would hold every pair in memory at once."""

    # Two addresses an item. A file might hold 50,000, but is made while a crawler waits.
    limit = 2_500

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        codes = [code for code, _name in settings.LANGUAGES]
        urls = []
        for item in self.paginator.page(page).object_list:
            rest = self.location(item).partition(f"/{codes[0]}/")[2]
            at = {code: f"{protocol}://{domain}/{code}/{rest}" for code in codes}
            alternates = [{"location": at[code], "lang_code": code} for code in codes]
            alternates.append({"location": at[codes[0]], "lang_code": "x-default"})
            told = {"item": item, "lastmod": self.lastmod_of(item), "priority": "", "alternates": alternates}
            urls += [{**told, "location": at[code]} for code in codes]
        return urls

    def lastmod_of(self, item: Any) -> datetime | None:
        return None

    def get_latest_lastmod(self) -> datetime | None:
        """The index says no times: they would cost a look at every object."""
        return None


class Pages(BothLanguages):
    def items(self) -> Sequence[str]:
        return PAGES

    def location(self, item: str) -> str:
        return reverse(item)


class Objects(BothLanguages):
    """The public objects of one model, by primary key, so that a file keeps its pages as others are added."""

    def __init__(self, found: "QuerySet[Any]") -> None:
        self.found = found

    def items(self) -> "QuerySet[Any]":
        return self.found.order_by("pk")

    def lastmod_of(self, item: Any) -> datetime | None:
        return getattr(item, "published_at", None)


def _maps() -> "dict[str, type[Sitemap[Any]] | Sitemap[Any]]":
    return {
        "halaman": Pages(),
        "program": Objects(Program.objects.all()),
        "wilayah": Objects(Region.objects.current().only("code")),
        "kebutuhan": Objects(Need.objects.public().only("published_at")),
        "kisah": Objects(Story.objects.published().only("published_at")),
    }


@login_not_required
@require_safe
@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index: one file a kind of page, more where there are many."""
    return views.index(request, _maps(), sitemap_url_name="sitemap_section").render()


@login_not_required
@require_safe
@public_page
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    with override(settings.LANGUAGES[0][0]):
        return views.sitemap(request, _maps(), section=section).render()


@login_not_required
@require_safe
@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers are asked to leave alone, and where the index is."""
    lines = ["User-agent: *"]
    for code, _name in settings.LANGUAGES:
        lines += [f"Disallow: /{code}/{path}/" for path in CLOSED]
    lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
