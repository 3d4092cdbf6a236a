"""Who is told of assets: who keeps them, who helps, who decides."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.actions import Performance
from accounts.models import Assignment
from accounts.notices.actions.telling import path_to
from accounts.notices.audiences import officers, officials, person
from accounts.notices.kinds import Group, Kind
from accounts.notices.registry import News, settles, tells
from accounts.notices.values import Value, both, day
from accounts.roles import Permission, Role
from accounts.scope import Place
from donations.assets.models import Asset, AssetTransfer
from donations.assets.states import CONDITION_LABELS, Condition
from donations.deliveries.wording import amounts
from donations.handovers.models import Handover
from regions.models import Region, Site

ASSETS, ASSET = _("Buka daftar aset"), _("Buka aset")


def _kind(name: str, group: Group, title: Any, text: Any, button: Any = ASSET) -> Kind:
    return Kind(f"asset.{name}", group, title, text, button)


REGISTERED = _kind(
    "registered", Group.RECEIVING, _("%(n)s barang tercatat sebagai aset"),
    _("%(what)s dari %(report)s. Tempelkan labelnya, lalu tulis nomor serinya."), ASSETS,
)  # fmt: skip
DUE = _kind(
    "due", Group.RECEIVING, _("%(n)s aset perlu diperiksa sebelum %(on)s"),
    _("Di %(place)s. Lihat barangnya, lalu catat keadaannya; kalau ada label, pindai kodenya."), ASSETS,
)  # fmt: skip
LATE = _kind(
    "late", Group.RECEIVING, _("%(n)s aset belum diperiksa, seharusnya %(on)s"),
    _("Di %(place)s. Catat keadaannya, supaya terlihat bahwa barangnya masih ada."), ASSETS,
)  # fmt: skip
BAD = _kind("bad", Group.WORK, _("Aset %(number)s: %(condition)s"), _("%(what)s di %(place)s."))
OFFERED = _kind(
    "offered", Group.RECEIVING, _("Sebuah aset dialihkan ke %(place)s"),
    _("%(what)s (%(number)s). Terima kalau barangnya sudah ada pada Anda, atau tolak dengan alasan."),
)  # fmt: skip
OFFERED_WORK = _kind(
    "offered_work", Group.WORK, _("Sebuah aset dialihkan ke %(place)s"), _("%(what)s (%(number)s) menunggu jawaban."),
)  # fmt: skip
TAKEN_WORK = _kind("taken_work", Group.WORK, _("Aset %(number)s sudah diterima %(to)s"), _("%(what)s."))
REFUSED_WORK = _kind(
    "refused_work", Group.WORK, _("Aset %(number)s tidak diterima %(to)s"),
    _("%(what)s tetap di tempatnya. Alasannya ada di riwayatnya."),
)  # fmt: skip
WRITTEN_OFF = _kind(
    "written_off", Group.RECEIVING, _("Aset %(number)s dihapus dari daftar"), _("%(what)s di %(place)s."),
)  # fmt: skip

settles(Asset, "move", "stay", "call_back", kinds=(OFFERED, OFFERED_WORK))


def registered(handover: Handover, made: Sequence[Asset]) -> News:
    """To the officials of the recipient, once their report is verified."""
    about: dict[str, Value] = {
        "n": sum(asset.count for asset in made),
        "what": both(lambda: amounts((asset.aid_type, asset.count) for asset in made)),
        "report": f"BAST {handover.number}",
    }
    return News(REGISTERED, officials(handover), handover, about, path=path_to("asset_group", handover.pk))


def due(**place: Any) -> Iterator[News]:
    yield _to_look_at(DUE, **place)


def late(**place: Any) -> Iterator[News]:
    """Who helps the officials hears of what was missed, too."""
    yield _to_look_at(LATE, helped=True, **place)


def _to_look_at(
    kind: Kind, *, next_check_on: date, region_id: str, site_id: int | None, program_id: str, count: int,
    helped: bool = False,
) -> News:  # fmt: skip
    where = Place(region=region_id, site=site_id, program=program_id)
    hears, helpers = officials(where), officers(Permission.ASSET_CHECK, where)
    own = Q(site=site_id) if site_id else Q(region=region_id, site=None)
    if not Assignment.objects.in_force().filter(own, role=Role.OFFICIAL).exists():
        hears = helpers
    name = str(Site.objects.get(pk=site_id)) if site_id else Region.objects.get(pk=region_id).full_name
    about: dict[str, Value] = {"n": count, "on": day(next_check_on), "place": name}
    path = f"{path_to('assets')}?periksa=waktunya"
    return News(kind, hears | helpers if helped else hears, where, about, label=name, path=path)


def told(asset: Asset) -> dict[str, Value]:
    return {
        "number": asset.number,
        "what": both(lambda: amounts([(asset.aid_type, asset.count)])),
        "place": asset.recipient_name,
    }


def _asset(pk: int) -> Asset:
    return Asset.objects.select_related("aid_type", "region", "site").get(pk=pk)


@tells(Asset, "check")
def found_bad(act: Performance) -> Iterator[News]:
    if act.subject.condition in (Condition.BROKEN, Condition.LOST):
        item = _asset(act.subject.pk)
        about = told(item) | {"condition": both(lambda: CONDITION_LABELS[Condition(item.condition)])}
        yield News(BAD, officers(Permission.ASSET_WRITE_OFF, item), item, about)


@tells(Asset, "write_off")
def gone(act: Performance) -> Iterator[News]:
    item = _asset(act.subject.pk)
    yield News(WRITTEN_OFF, officials(item), item, told(item))


@tells(Asset, "hand_over")
def offered(act: Performance) -> Iterator[News]:
    item = AssetTransfer.objects.for_rows().get(pk=act.data["transfer"])
    about = told(item.asset) | {"place": item.recipient_name}
    yield News(OFFERED, officials(item), item, about, label=item.asset.number)
    yield News(OFFERED_WORK, officers(Permission.ASSET_ACCEPT, item), item, about, label=item.asset.number)


@tells(AssetTransfer, "accept", "decline")
def answered(act: Performance) -> Iterator[News]:
    item = AssetTransfer.objects.for_rows().get(pk=act.subject.pk)
    about = told(item.asset) | {"to": item.recipient_name}
    last = item.asset.moves.filter(verb="hand_over").order_by("-pk").first()
    giver = person(last.actor_id if last else None)
    yield News(TAKEN_WORK if act.verb.name == "accept" else REFUSED_WORK, giver, item.asset, about)
