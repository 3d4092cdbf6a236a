"""Who is told of a delivery's verbs, and in which words."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actions import Performance
from accounts.notices.audiences import members, officers, officials
from accounts.notices.kinds import Group, Kind
from accounts.notices.registry import News, tells
from accounts.notices.values import Value, both, day
from accounts.roles import Permission, Role
from donations.deliveries.instruction import call
from donations.deliveries.models import Delivery, DeliveryLine
from donations.deliveries.wording import amounts

DELIVERY, COMMITMENT = _("Buka pengiriman"), _("Buka komitmen")


def _kind(name: str, group: Group, title: Any, text: Any, **more: Any) -> Kind:
    button = COMMITMENT if group == Group.GIVING else DELIVERY
    return Kind(f"delivery.{name}", group, title, text, button, **more)


COMING = _kind(
    "coming", Group.RECEIVING, _("Bantuan akan dikirim kepada Anda pada %(on)s"),
    _("%(what)s dari %(executor)s. Pastikan tanggalnya, atau usulkan tanggal lain (%(number)s).%(call)s"),
)  # fmt: skip
PLANNED = _kind(
    "planned", Group.GIVING, _("Bantuan Anda direncanakan berangkat %(on)s"),
    _("%(what)s ke %(place)s, diantar %(executor)s (%(number)s)."),
)  # fmt: skip
CONFIRMED = _kind(
    "confirmed", Group.CARRYING, _("Penerima memastikan tanggal %(on)s"), _("%(what)s ke %(place)s (%(number)s)."),
)  # fmt: skip
MOVED = _kind(
    "moved", Group.RECEIVING, _("Tanggal kirim berubah menjadi %(on)s"),
    _("%(what)s dari %(executor)s (%(number)s). Alasannya ada di halaman pengiriman."), urgent=True,
)  # fmt: skip
MOVED_CARRIER = _kind(
    "moved_carrier", Group.CARRYING, _("Tanggal kirim berubah menjadi %(on)s"),
    _("%(what)s ke %(place)s (%(number)s). Alasannya ada di halaman pengiriman."), urgent=True,
)  # fmt: skip
MOVED_GIVER = _kind(
    "moved_giver", Group.GIVING, _("Bantuan Anda berangkat pada tanggal lain: %(on)s"),
    _("%(what)s ke %(place)s, diantar %(executor)s (%(number)s)."),
)  # fmt: skip
ON_THE_WAY = _kind(
    "on_the_way", Group.RECEIVING, _("Bantuan sedang di jalan ke tempat Anda"),
    _("%(what)s dari %(executor)s (%(number)s). Hitung begitu tiba, lalu buat berita acaranya.%(call)s"), urgent=True,
)  # fmt: skip
DISPATCHED = _kind(
    "dispatched", Group.GIVING, _("Bantuan Anda sedang di jalan"),
    _("%(what)s ke %(place)s, diantar %(executor)s (%(number)s)."),
)  # fmt: skip
NOT_COMING = _kind(
    "not_coming", Group.RECEIVING, _("Pengiriman ke tempat Anda dibatalkan"),
    _("%(what)s dari %(executor)s (%(number)s). Alasannya ada di halaman pengiriman."), urgent=True,
)  # fmt: skip
DROPPED = _kind(
    "dropped", Group.GIVING, _("Rencana pengiriman bantuan Anda dibatalkan"),
    _("%(what)s ke %(place)s (%(number)s). Bantuannya dapat direncanakan lagi."),
)  # fmt: skip
DROPPED_CARRIER = _kind(
    "dropped_carrier", Group.CARRYING, _("Rencana pengiriman dibatalkan"),
    _("%(what)s ke %(place)s (%(number)s). Alasannya ada di halaman pengiriman."),
)  # fmt: skip
FAILED = _kind(
    "failed", Group.RECEIVING, _("Pengiriman ke tempat Anda gagal"),
    _("%(what)s dari %(executor)s (%(number)s) tidak jadi tiba. Alasannya ada di halaman pengiriman."), urgent=True,
)  # fmt: skip
FAILED_GIVER = _kind(
    "failed_giver", Group.GIVING, _("Bantuan Anda belum berhasil diantar"),
    _("%(what)s ke %(place)s (%(number)s). Yang belum tiba dapat dikirim lagi."),
)  # fmt: skip
FAILED_WORK = _kind(
    "failed_work", Group.WORK, _("Sebuah pengiriman gagal"),
    _("%(what)s ke %(place)s, diantar %(executor)s (%(number)s). Alasannya ada di halaman pengiriman."),
)  # fmt: skip
FAILED_CARRIER = _kind(
    "failed_carrier", Group.CARRYING, _("Pengiriman dicatat gagal"),
    _("%(what)s ke %(place)s (%(number)s). Alasannya ada di halaman pengiriman."),
)  # fmt: skip
SEND_AGAIN = _kind(
    "send_again", Group.CARRYING, _("Yang kurang perlu dikirim ulang"),
    _("Dari %(number)s ke %(place)s. Rencanakan pengiriman berikutnya."),
)  # fmt: skip
LET_GO = _kind(
    "let_go", Group.GIVING, _("Yang kurang dari bantuan Anda tidak dikirim ulang"),
    _("Dari pengiriman %(number)s ke %(place)s. Alasannya ada di halaman komitmen."),
)  # fmt: skip

# verb → what recipients, givers, carriers and officers hear of it.
HEARD: dict[str, tuple[Kind | None, Kind | None, Kind | None, Kind | None]] = {
    "plan": (COMING, PLANNED, None, None),
    "confirm": (None, None, CONFIRMED, None),
    "move": (MOVED, MOVED_GIVER, MOVED_CARRIER, None),
    "dispatch": (ON_THE_WAY, DISPATCHED, None, None),
    "cancel": (NOT_COMING, DROPPED, DROPPED_CARRIER, None),
    "fail": (FAILED, FAILED_GIVER, FAILED_CARRIER, FAILED_WORK),
    "resend": (None, None, SEND_AGAIN, None),
    "release": (None, LET_GO, None, None),
}


@tells(Delivery, *HEARD)
def travelled(act: Performance) -> Iterator[News]:
    recipients, givers, carriers, work = HEARD[act.verb.name]
    item = Delivery.objects.select_related("executor", "region", "site").get(pk=act.subject.pk)
    lines = lines_of(item, act.data.get("line"))
    about = told(item, lines)
    if recipients:
        yield News(recipients, officials(item), item, about)
    if carriers:
        yield News(carriers, members(item.executor_id), item, about)
    if givers:
        yield from to_givers(givers, lines, about)
    if work:
        yield News(work, officers(Permission.SHORTFALL_SETTLE, item), item, about)


def to_givers(
    kind: Kind, lines: list[DeliveryLine], about: dict[str, Value], page: Any = None
) -> Iterator[News]:
    """To the members of each organisation whose gifts are on board, leading to `page` or to their own commitment."""
    seen: set[int] = set()
    for line in lines:
        commitment = line.allocation.commitment
        giver = commitment.pledge.collaborator_id
        if giver not in seen:
            seen.add(giver)
            own = [one for one in lines if one.allocation.commitment.pledge.collaborator_id == giver]
            yield News(
                kind, members(giver, Role.COLLABORATOR), page or commitment,
                {**about, "what": what(own)},
            )  # fmt: skip


def lines_of(item: Delivery, only: int | None = None) -> list[DeliveryLine]:
    """The delivery's lines with their commitments and aid types: one query."""
    rows = item.lines.select_related(
        "allocation__commitment__pledge", "allocation__commitment__aid_type__program"
    )
    return list(rows.filter(pk=only) if only is not None else rows)


def what(lines: list[DeliveryLine]) -> Value:
    """ "120 paket sembako dan 3 unit laptop"."""
    return both(lambda: amounts((line.allocation.commitment.aid_type, line.quantity) for line in lines))


def told(item: Delivery, lines: list[DeliveryLine]) -> dict[str, Value]:
    return {
        "number": item.number,
        "place": item.recipient_name,
        "executor": item.executor.name,
        "on": day(item.planned_on),
        "what": what(lines),
        "call": both(lambda: _to_call(item)),
    }


def _to_call(item: Delivery) -> str:
    phone = call(item.executor, "").phone
    return gettext(" Kalau ada yang ditanyakan, hubungi %(phone)s.") % {"phone": phone} if phone else ""
