"""Who is told of a report's verbs, and in which words. Givers are led to its public page."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.actions import Performance
from accounts.notices.actions.telling import path_to
from accounts.notices.audiences import facilitators, members, officers, officials
from accounts.notices.kinds import Group, Kind
from accounts.notices.registry import News, settles, tells
from accounts.notices.values import Value
from accounts.roles import Permission
from donations.deliveries import notices as deliveries
from donations.handovers.models import Handover
from programs.models import Need
from programs.notices import FULFILLED as NEED_FULFILLED
from programs.notices import told as told_of_need

REPORT, PUBLIC = _("Buka laporan"), _("Lihat berita acara")


def _kind(name: str, group: Group, title: Any, text: Any, **more: Any) -> Kind:
    public = group == Group.GIVING
    return Kind(
        f"handover.{name}", group, title, text, PUBLIC if public else REPORT, is_public=public, **more
    )


ARRIVED = _kind(
    "arrived", Group.GIVING, _("Bantuan Anda tiba di %(place)s"),
    _("%(what)s, menurut %(report)s dari penerima. Asesor memeriksanya."),
)  # fmt: skip
ARRIVED_CARRIER = _kind(
    "arrived_carrier", Group.CARRYING, _("Kiriman Anda tiba di %(place)s"),
    _("Penerima mengajukan %(report)s untuk %(number)s."),
)  # fmt: skip
TO_CHECK = _kind(
    "to_check", Group.WORK, _("Berita acara dari %(place)s menunggu diperiksa"), _("%(report)s, %(what)s (%(number)s)."),
)  # fmt: skip
SENT_BACK = _kind(
    "sent_back", Group.RECEIVING, _("%(report)s perlu diperbaiki"),
    _("Alasannya tertulis di laporannya. Perbaiki, lalu ajukan lagi; fotonya masih ada."), urgent=True,
)  # fmt: skip
SENT_BACK_GIVER = _kind(
    "sent_back_giver", Group.GIVING, _("Berita acara bantuan Anda sedang diperbaiki"),
    _("Penerima di %(place)s membetulkan %(report)s. Sampai diajukan lagi, jumlahnya belum dihitung tiba."),
)  # fmt: skip
VERIFIED = _kind(
    "verified", Group.GIVING, _("Bantuan Anda di %(place)s terverifikasi"),
    _("%(what)s. %(report)s dapat Anda tunjukkan kepada siapa pun."),
)  # fmt: skip
VERIFIED_RECIPIENT = _kind(
    "verified_recipient", Group.RECEIVING, _("%(report)s terverifikasi"),
    _("Untuk %(what)s. Terima kasih, tidak ada lagi yang perlu Anda lakukan."),
)  # fmt: skip
VERIFIED_CARRIER = _kind(
    "verified_carrier", Group.CARRYING, _("Kiriman Anda ke %(place)s terverifikasi"),
    _("%(report)s untuk %(number)s sudah diperiksa."),
)  # fmt: skip
DISPUTED = _kind(
    "disputed", Group.RECEIVING, _("%(report)s disengketakan"),
    _("Alasannya tertulis di laporannya. Asesor menyelesaikannya dengan Anda."), urgent=True,
)  # fmt: skip
DISPUTED_CARRIER = _kind(
    "disputed_carrier", Group.CARRYING, _("Berita acara kiriman Anda disengketakan"),
    _("%(report)s untuk %(number)s ke %(place)s. Alasannya tertulis di laporannya."),
)  # fmt: skip
DISPUTED_GIVER = _kind(
    "disputed_giver", Group.GIVING, _("Berita acara bantuan Anda disengketakan"),
    _("%(report)s di %(place)s. Sampai selesai, jumlahnya belum terverifikasi."),
)  # fmt: skip
DISPUTED_WORK = _kind(
    "disputed_work", Group.WORK, _("Sebuah berita acara disengketakan"), _("%(report)s di %(place)s (%(number)s)."),
)  # fmt: skip
SETTLED = _kind(
    "settled", Group.RECEIVING, _("Sengketa %(report)s selesai"),
    _("Laporannya menunggu diperiksa lagi."),
)  # fmt: skip
SETTLED_CARRIER = _kind(
    "settled_carrier", Group.CARRYING, _("Sengketa %(report)s selesai"),
    _("Untuk %(number)s ke %(place)s. Laporannya menunggu diperiksa lagi."),
)  # fmt: skip

# verb → what recipients, givers, carriers and officers hear of it.
HEARD: dict[str, tuple[Kind | None, Kind | None, Kind | None, Kind | None]] = {
    "submit": (None, ARRIVED, ARRIVED_CARRIER, TO_CHECK),
    "send_back": (SENT_BACK, SENT_BACK_GIVER, None, None),
    "verify": (VERIFIED_RECIPIENT, VERIFIED, VERIFIED_CARRIER, None),
    "dispute": (DISPUTED, DISPUTED_GIVER, DISPUTED_CARRIER, DISPUTED_WORK),
    "settle": (SETTLED, None, SETTLED_CARRIER, None),
}

settles(Handover, "verify", "send_back", "dispute", kinds=(TO_CHECK,))
settles(Handover, "settle", kinds=(DISPUTED_WORK,))
settles(Handover, "submit", "discard", kinds=(SENT_BACK,))


@tells(Handover, *HEARD)
def reported(act: Performance) -> Iterator[News]:
    recipients, givers, carriers, work = HEARD[act.verb.name]
    item = Handover.objects.select_related("delivery__executor", "delivery__region", "delivery__site").get(
        pk=act.subject.pk
    )
    lines = deliveries.lines_of(item.delivery)
    # What this report counted as good, not what was on board.
    good = dict(item.lines.values_list("delivery_line", "good"))
    for line in lines:
        line.quantity = good.get(line.pk, 0)
    about: dict[str, Value] = {**deliveries.told(item.delivery, lines), "report": f"BAST {item.number}"}
    page = path_to("handover", item.pk)
    if recipients:
        yield News(recipients, officials(item), item, about, path=page)
    if givers:
        yield from deliveries.to_givers(givers, lines, about, item)
    if carriers:
        yield News(carriers, members(item.delivery.executor_id), item, about, path=page)
    if work:
        yield News(work, officers(Permission.HANDOVER_VERIFY, item), item, about, path=page)


@tells(Handover, "verify")
def fulfilled(act: Performance) -> Iterator[News]:
    """Of each need of which nothing is missing any more, now that this is verified."""
    keys = act.subject.lines.values("delivery_line__allocation__need")
    for need in Need.objects.for_rows().filter(pk__in=keys, verified__gte=F("target")):
        yield News(NEED_FULFILLED, facilitators(need) | officials(need), need, told_of_need(need))
