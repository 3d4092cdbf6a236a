"""Who is told of a need's verbs, and in which words."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.actions import Performance
from accounts.notices.audiences import facilitators, officials
from accounts.notices.kinds import Group, Kind
from accounts.notices.registry import News, tells
from accounts.notices.values import Value, both, day
from programs.models import Need
from programs.wording import quantity_of


def _kind(name: str, title: Any, text: Any) -> Kind:
    return Kind(f"need.{name}", Group.RECEIVING, title, text, _("Buka kebutuhan"), is_public=True)


PUBLISHED = _kind(
    "published",
    _("Kebutuhan %(place)s terbit"),
    _("%(what)s (%(number)s). Mulai sekarang orang dapat berikrar."),
)
REVISED = _kind(
    "revised", _("Kebutuhan %(place)s direvisi"), _("Sekarang %(what)s, sebelum %(until)s (%(number)s).")
)
PAUSED = _kind(
    "paused",
    _("Kebutuhan %(place)s dijeda"),
    _("%(what)s (%(number)s). Untuk sementara tidak menerima ikrar baru."),
)
RESUMED = _kind("resumed", _("Kebutuhan %(place)s dibuka lagi"), _("%(what)s (%(number)s)."))
CLOSED = _kind(
    "closed", _("Kebutuhan %(place)s ditutup"), _("%(what)s (%(number)s). Alasannya ada di halamannya.")
)
FULFILLED = _kind(
    "fulfilled",
    _("Kebutuhan %(place)s terpenuhi"),
    _("%(what)s (%(number)s) seluruhnya tiba dan terverifikasi."),
)
HEARD = {"publish": PUBLISHED, "revise": REVISED, "pause": PAUSED, "resume": RESUMED, "close": CLOSED}


@tells(Need, *HEARD)
def changed(act: Performance) -> Iterator[News]:
    """The recipient's officials, and the facilitators nearest to it. A draft that is dropped is nobody's news."""
    if act.subject.published_at is None:
        return
    need = Need.objects.select_related("aid_type__program", "region", "site").get(pk=act.subject.pk)
    yield News(HEARD[act.verb.name], officials(need) | facilitators(need), need, told(need))


def told(need: Need) -> dict[str, Value]:
    return {
        "number": need.number,
        "place": need.recipient_name,
        "what": both(lambda: quantity_of(need.aid_type, need.target)),
        "until": day(need.deadline),
    }
