"""Who is told that a commitment goes elsewhere, or comes on another day or another way."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.actions import Performance
from accounts.notices.audiences import members, officers
from accounts.notices.kinds import Group, Kind
from accounts.notices.registry import News, settles, tells
from accounts.notices.values import both
from accounts.roles import Permission, Role
from accounts.scope import Place
from donations.pledges.models import Commitment, Redirect
from donations.pledges.notices import COLLECTING, PAGE, givers, told
from programs.wording import quantity_of

ASKED = Kind(
    "redirect.asked", Group.WORK, _("Kolaborator minta bantuannya dialihkan ke %(target)s"),
    _("%(what)s dari %(place)s (%(number)s). Setujui atau tolak dengan alasan."), PAGE,
)  # fmt: skip
PROPOSED = Kind(
    "redirect.proposed", Group.GIVING, _("Asesor mengusulkan bantuan Anda dialihkan ke %(target)s"),
    _("%(what)s dari %(place)s (%(number)s). Setujui atau tolak di halaman komitmen."), PAGE,
)  # fmt: skip
DONE = Kind(
    "redirect.done", Group.GIVING, _("Bantuan Anda dialihkan ke %(target)s"),
    _("%(what)s dari %(place)s (%(number)s)."), PAGE,
)  # fmt: skip
DECLINED = Kind(
    "redirect.declined", Group.GIVING, _("Pengalihan ke %(target)s tidak disetujui"),
    _("%(what)s tetap untuk %(place)s (%(number)s). Alasannya tertulis di halaman komitmen."), PAGE,
)  # fmt: skip
ANSWERED = Kind(
    "redirect.answered", Group.WORK, _("Kolaborator menjawab usulan pengalihan ke %(target)s"),
    _("%(what)s dari %(place)s (%(number)s). Jawabannya di halaman komitmen."), PAGE,
)  # fmt: skip
CHANGED = Kind(
    "commitment.changed", Group.WORK, _("Kolaborator mengubah tanggal atau cara kirim"),
    _("%(what)s untuk %(place)s (%(number)s). Perubahannya di halaman komitmen."), PAGE,
)  # fmt: skip

TO_GIVERS = {"propose": PROPOSED, "agree": DONE, "decline": DECLINED}
TO_OFFICERS = {"ask": ASKED, "accept": ANSWERED, "refuse": ANSWERED}

settles(Redirect, "agree", "decline", "withdraw", "lapse", kinds=(ASKED,))
settles(Redirect, "accept", "refuse", "retract", "lapse", kinds=(PROPOSED,))


@tells(Redirect, *TO_GIVERS, *TO_OFFICERS)
def redirected(act: Performance) -> Iterator[News]:
    redirect = Redirect.objects.for_rows().get(pk=act.subject.pk)  # type: ignore[attr-defined]
    item = Commitment.objects.select_related("pledge", "aid_type", "region", "site").get(
        pk=redirect.allocation.commitment_id
    )
    about: dict[str, Any] = {
        "number": item.number,
        "what": both(lambda: quantity_of(item.aid_type, redirect.quantity)),
        "place": redirect.source.recipient_name,
        "target": redirect.need.recipient_name,
    }
    verb = act.verb.name
    if verb in TO_GIVERS:
        yield News(TO_GIVERS[verb], givers(item), item, about)
    else:
        # Of two cities neither decides alone: those hear of it whose area holds both.
        place = replace(Place.of(item), region=redirect.spans if verb == "ask" else item.region_id)
        yield News(TO_OFFICERS[verb], officers(Permission.COMMITMENT_ALLOCATE, place), item, about)


@tells(Commitment, "reschedule", "reroute")
def changed(act: Performance) -> Iterator[News]:
    item = Commitment.objects.select_related("pledge", "aid_type", "region", "site").get(pk=act.subject.pk)
    yield News(CHANGED, officers(Permission.COMMITMENT_ANSWER, item), item, told(item))
    # What the verb has just set is not saved yet: the aggregator is the subject's.
    if act.verb.name == "reroute":
        yield News(COLLECTING, members(act.subject.aggregator_id, Role.AGGREGATOR), item, told(item))
