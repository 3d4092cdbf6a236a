"""Previews of pages that show more than needs, and the one that an address means."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from donations.handovers.models import Handover
from donations.queries.published import Published, leading_aid_type, published_totals
from donations.stories import queries
from donations.stories.models import Story
from programs.models import AidType, Need, Program
from programs.preview.spec import (
    Preview,
    coverage_told,
    leading,
    need_preview,
    program_preview,
    sample_words,
    site_preview,
)
from programs.queries import AidFigures, figures_by_aid_type
from programs.wording import aid_counted, place_line
from regions import notation
from regions.models import Region

AidRows = Sequence[tuple[AidType, AidFigures]]


def home_preview(aid: AidType | None, published: Published) -> Preview:
    """What has arrived and was checked, of the form of aid that leads the front page."""
    plain = site_preview()
    if aid is None or not published.verified:
        return plain
    words = _("%(what)s %(verified)s sampai") % {
        "what": aid_counted(aid, published.verified),
        "verified": pgettext("coverage", "terverifikasi"),
    }
    figure = notation.number(published.verified)
    return Preview(
        "beranda", "ksbb", plain.language, plain.title, plain.foot, figure, words, sample=sample_words()
    )


def region_preview(region: Region, aid: AidRows, open_needs: int) -> Preview:
    """What is missing in a region, of the form of aid with the most needs there."""
    form, figures = leading(aid)
    told = (
        coverage_told(form, figures.coverage_in(form.unit_name).parts, figures.missing)
        if form and figures
        else {}
    )
    foot = _("%(count)s kebutuhan terbuka") % {"count": notation.number(open_needs)}
    place = place_line(region) if region.level in ("rw", "village") else ""
    return Preview(
        "wilayah", region.code, notation.language(), region.full_name, " · ".join(filter(None, (place, foot))),
        **told, sample=sample_words(),
    )  # fmt: skip


def story_preview(story: Story, handover: Handover, received: str) -> Preview:
    """A story with what arrived."""
    place = f"{handover.recipient_name}, {queries.place_of(handover)}"
    words = _("sampai dan terverifikasi")
    return Preview(
        "kisah",
        str(story.pk),
        notation.language(),
        story.headline,
        place,
        received,
        words,
        sample=sample_words(),
    )


def _home(key: str) -> Preview | None:
    first = leading_aid_type()
    return home_preview(first, published_totals(first)) if key == "ksbb" else None


def _need(key: str) -> Preview | None:
    found = Need.objects.public().for_rows().filter(pk=int(key)).first() if _is_number(key) else None
    return need_preview(found) if found else None


def _program(key: str) -> Preview | None:
    found = Program.objects.filter(code=key).first()
    if found is None:
        return None
    return program_preview(found, *leading(figures_by_aid_type(Need.objects.public().filter(program=found))))


def _region(key: str) -> Preview | None:
    found = Region.objects.filter(code=key).select_related("parent__parent__parent").first()
    if found is None:
        return None
    aid = figures_by_aid_type(Need.objects.public().within(key))
    return region_preview(found, aid, Need.objects.open().within(key).count())


def _story(key: str) -> Preview | None:
    found = Story.objects.published().filter(pk=int(key)).first() if _is_number(key) else None
    if found is None:
        return None
    handover: Any = queries.with_pictures(Handover.objects.filter(pk=found.handover_id)).get()
    return story_preview(found, handover, queries.received(handover))


def _site(key: str) -> Preview | None:
    return site_preview() if key == "ksbb" else None


def _is_number(key: str) -> bool:
    return key.isdecimal() and key.isascii() and len(key) < 10


KINDS: dict[str, Callable[[str], Preview | None]] = {
    "situs": _site, "beranda": _home, "kebutuhan": _need, "program": _program, "wilayah": _region, "kisah": _story,
}  # fmt: skip


def preview_of(kind: str, key: str) -> Preview | None:
    """The preview of one page as its figures are now, in the active language; None where there is no such page."""
    return KINDS[kind](key) if kind in KINDS else None
