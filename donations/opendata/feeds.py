"""Feeds: the newest needs and the newest handovers, in the reader's language, for a region or a program.

Ids are made from the key and the language alone, so an entry is the same wherever the platform is served.
"""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from accounts import clock
from donations.handovers.models import Handover, HandoverLine
from donations.opendata.reading import note
from programs.models import Need, Program
from programs.wording import place_line, quantity_of, when_line
from regions.models import Region
from regions.notation import language, when
from regions.queries import within

MOST_ENTRIES = 50
# What XML 1.0 cannot hold; people paste such things.
UNWRITABLE = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Choice:
    """What a feed is about; None: everything."""

    region: Region | None = None
    program: Program | None = None

    @property
    def title(self) -> str:
        parts = [self.program.title if self.program else "", self.region.full_name if self.region else ""]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Entry:
    """`key` never changes, `path` is the page."""

    key: str
    title: str
    text: str
    path: str
    published: datetime
    updated: datetime


def newest_needs(choice: Choice) -> list[Entry]:
    """Published needs, the newest first. One query."""
    found = Need.objects.public().for_rows()
    if choice.region:
        found = found.within(choice.region.code)
    if choice.program:
        found = found.filter(program=choice.program)
    return [_need(need) for need in found.order_by("-published_at", "-pk")[:MOST_ENTRIES]]


def newest_handovers(choice: Choice) -> list[Entry]:
    """Reports in force, the newest first. Two queries."""
    lines = HandoverLine.objects.select_related("delivery_line__allocation__commitment__aid_type")
    found = Handover.objects.in_force().for_rows().prefetch_related(Prefetch("lines", queryset=lines))
    if choice.region:
        found = found.filter(within("delivery__region", choice.region.code))
    if choice.program:
        found = found.filter(delivery__program=choice.program)
    return [_handover(handover) for handover in found.order_by("-submitted_at", "-pk")[:MOST_ENTRIES]]


def atom(*, title: str, choice: Choice, entries: Iterable[Entry], root: str, page: str, address: str) -> str:
    """The feed as Atom. `page` is where a person reads the same, `address` the feed's own, both after `root`."""
    listed = list(entries)
    own = ": ".join(part for part in (title, choice.title) if part)
    feed = Atom1Feed(
        title=f"{own} · KSBB Jakarta",
        link=f"{root}{page}",
        description="",
        subtitle=note() or None,
        language=language(),
        author_name="KSBB Jakarta",
        feed_url=f"{root}{address}",
        feed_guid=_urn("feed", address),
        feed_copyright="CC BY 4.0",
    )
    # An empty feed has no entry to take its time from.
    feed.latest_post_date = lambda: max((entry.updated for entry in listed), default=clock.now())  # type: ignore[method-assign]
    for entry in listed:
        feed.add_item(
            title=_written(entry.title),
            link=f"{root}{entry.path}",
            description=escape(_written(entry.text)),
            unique_id=_urn(entry.key, language()),
            pubdate=entry.published,
            updateddate=entry.updated,
        )
    return feed.writeString("utf-8")


def _need(need: Need) -> Entry:
    assert need.published_at is not None
    quantity = quantity_of(need.aid_type, need.target)
    facts = (place_line(need.region), when_line(need), need.number)
    return Entry(
        key=f"need:{need.pk}",
        title=_("%(quantity)s untuk %(recipient)s")
        % {"quantity": quantity, "recipient": need.recipient_name},
        text=" · ".join(fact for fact in facts if fact),
        path=need.get_absolute_url(),
        published=need.published_at,
        updated=need.published_at,
    )


def _handover(handover: Handover) -> Entry:
    assert handover.submitted_at is not None
    sums: dict[object, int] = {}
    for line in handover.lines.all():
        aid_type = line.delivery_line.allocation.commitment.aid_type
        sums[aid_type] = sums.get(aid_type, 0) + line.good
    good = ", ".join(quantity_of(aid_type, count) for aid_type, count in sums.items())  # type: ignore[arg-type]
    facts = (
        _("BAST %(number)s") % {"number": handover.number},
        _("tiba %(when)s") % {"when": when(handover.arrived_at)} if handover.arrived_at else "",
        str(handover.state_label),
    )
    return Entry(
        key=f"handover:{handover.pk}",
        title=_("%(quantity)s sampai di %(recipient)s")
        % {"quantity": good, "recipient": handover.recipient_name},
        text=" · ".join(fact for fact in facts if fact),
        path=handover.get_absolute_url(),
        published=handover.submitted_at,
        updated=handover.verified_at or handover.submitted_at,
    )


def _urn(*parts: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, ":".join(("ksbb-jakarta", *parts))).urn


def _written(text: str) -> str:
    return UNWRITABLE.sub("", text)
