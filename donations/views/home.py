"""The front page: what this is, where help is needed, how it works, what has arrived."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts import clock
from donations.previews import home_preview
from donations.queries import latest_arrivals
from donations.queries.published import Published, leading_aid_type, published_totals
from donations.statistics.rows import Question
from donations.stories.models import Story
from programs.models import AidType, Need
from programs.program_rows import program_rows
from programs.queries import first_in_order
from programs.tiles import DistrictTiles, district_tiles
from programs.wording import aid_counted, aid_in_sentence, need_row
from regions import notation
from regions.codes import Level
from regions.models import Region
from regions.public_version import FORUM, public_page_besides
from regions.queries import drawn_province


@login_not_required
@public_page_besides(FORUM)
def home(request: HttpRequest) -> HttpResponse:
    """Statistics from their rows with the rows' time; needs, tiles and arrivals as they are now."""
    leading = leading_aid_type()
    province = drawn_province()
    tiles = district_tiles(leading, province)
    published = published_totals(leading)
    rw_count = _rw_count(province)
    # A place within the country the platform serves: what lies elsewhere neither shows here nor slows it down.
    inside = province.code if province else ""
    programs = program_rows(Need.objects.public().within(inside))
    context = {
        "rw_count": rw_count,
        "leading": leading,
        "aid": aid_in_sentence(leading) if leading else "",
        "tiles": tiles,
        "figures": _figures(leading, tiles, published, rw_count),
        "as_of": published.as_of or clock.now(),
        "urgent": [need_row(need) for need in first_in_order(Need.objects.open().within(inside), 4)],
        "needs_count": sum(row["figures"].open_needs for row in programs),
        "programs": programs,
        "arrivals": latest_arrivals(4),
        "stories": Story.objects.published().for_rows()[:4],
        "walk": _walk(),
        "preview": home_preview(leading, published),
    }
    return render(request, "donations/home.html", context)


def _rw_count(province: Region | None) -> int:
    return Region.objects.current().at_level(Level.RW).within(province.code).count() if province else 0


def _figures(
    leading: AidType | None, tiles: DistrictTiles | None, published: Published, rw_count: int
) -> list[dict[str, Any]]:
    if leading is None or tiles is None:
        return []
    words = {"unit": leading.unit_name}
    return [
        {
            "value": notation.number(published.verified),
            "href": Question("verified", leading.program_id, leading).href,
            "before": aid_counted(leading, published.verified),
            "term": True,
            "after": pgettext("coverage", "sampai"),
        },
        {
            "value": notation.number(tiles.missing),
            "href": f"{reverse('needs')}?program={leading.program_id}&bantuan={leading.pk}",
            "label": _("%(unit)s masih kurang, dari target %(target)s")
            % {**words, "target": notation.number(tiles.target)},
            "less": True,
        },
        {
            "value": notation.number(published.rw_reached),
            "href": Question("rw_reached").href,
            "label": _("RW sudah terjangkau, dari %(count)s") % {"count": notation.number(rw_count)},
        },
        {
            "value": notation.number(published.handovers_verified),
            "href": Question("handovers_verified").href,
            "label": _("berita acara diperiksa petugas"),
        },
    ]


def _walk() -> list[dict[str, str]]:
    return [
        {
            "title": _("Asesor menetapkan"),
            "text": _("Apa yang dibutuhkan, berapa, untuk RW atau lembaga mana, dan mengapa."),
        },
        {
            "title": _("Anda berikrar"),
            "text": _(
                "Barang, jasa, atau uang melalui agregator berizin. Kami menghubungi Anda paling lama 2 × 24 jam."
            ),
        },
        {
            "title": _("RW menerima"),
            "text": _(
                "Pengurus menghitung yang baik, rusak, dan hilang, lalu membuat berita acara dengan foto."
            ),
        },
        {
            "title": _("Petugas memeriksa"),
            "text": _(
                "Orang yang melapor tidak pernah memeriksa laporannya sendiri. Baru setelah itu angkanya naik."
            ),
        },
    ]
