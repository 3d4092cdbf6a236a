"""What became of durable aid in the demo data: described, checked, moved on, written off; all of it invented."""

import random
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts import clock
from donations.assets import actions
from donations.assets.models import Asset
from donations.demo.cast import PROVINCE, RW_OF_DEMO, SOUTH, Cast
from donations.demo.pictures import picture

BRANDS = {
    "laptop": ("Contoh Buku 14", "Contoh Pelajar 11"), "ponsel": ("Contoh A3",), "timbangan": ("Contoh Timbang 100",),
    "pencacah": ("Contoh Cacah 5",), "gerobak-motor": ("Contoh Roda 150",), "bank-sampah": ("Set Contoh",),
}  # fmt: skip
# A code of an aid type → where such a thing stands.
STANDS = {
    "laptop": "Ruang komputer",
    "ponsel": "Ruang guru",
    "timbangan": "Bank sampah RW",
    "pencacah": "Bank sampah RW",
}
REASON = "Tidak lagi dipakai di tempat lama, dibutuhkan di sini (contoh)."
# Photos of assets are numbered after those of the reports.
FIRST_PICTURE = 100_000


def keep_assets(cast: Cast, until: datetime) -> int:
    """Describe most, check them as they become due (but for a few), move some, write one off; how many verbs."""
    chance = random.Random(20_210_302)  # noqa: S311 the same data each time, not a secret
    assets = list(Asset.objects.select_related("aid_type", "region", "site").order_by("pk"))
    verbs = 0
    for number, asset in enumerate(assets):
        if asset.handover_line_id % 4:
            verbs += _describe(asset, number, chance, cast, until)
        # Every ninth was forgotten when it was due.
        if number % 9:
            verbs += _check(asset, chance, cast, until)
    return verbs + _move(cast, until) + _write_off(cast, until)


def _describe(asset: Asset, number: int, chance: random.Random, cast: Cast, until: datetime) -> int:
    moment = _at(asset.received_on + timedelta(days=4), until)
    code = asset.aid_type.code
    fields = {"place": STANDS.get(code, asset.place), "custodian": "Pengurus barang"}
    if code in BRANDS and not asset.is_lot:
        fields |= {"brand": chance.choice(BRANDS[code]), "serial": f"CTH{chance.randrange(10**9):09d}"}
    with clock.at(moment):
        photo = picture(FIRST_PICTURE + number) if number % 20 == 0 else None
        by = cast.official_of(asset.region, asset.site)
        actions.describe(asset=asset, by=by, photo=photo, **fields)
    return 1


def _check(asset: Asset, chance: random.Random, cast: Cast, until: datetime) -> int:
    """On each of its days that is past by now."""
    verbs, by = 0, cast.official_of(asset.region, asset.site)
    asset.refresh_from_db(fields=["next_check_on"])
    while asset.next_check_on and asset.next_check_on < timezone.localdate(until):
        with clock.at(_at(asset.next_check_on - timedelta(days=chance.randrange(20)), until)):
            worn = chance.random() < 0.08
            note = "Perlu diperbaiki sebelum dipakai lagi (contoh)." if worn else ""
            asset = actions.check(asset=asset, condition="repair" if worn else "good", by=by, note=note)
            verbs += 1
    return verbs


def _move(cast: Cast, until: datetime) -> int:
    """To the demo's RW: two that arrived, one that waits for an answer."""
    there = cast.regions[RW_OF_DEMO]
    found = Asset.objects.filter(region__code__startswith=f"{SOUTH}.", site=None).exclude(region=there)
    verbs = 0
    for place, asset in enumerate(found.order_by("next_check_on", "pk")[:3]):
        with clock.at(until - timedelta(days=9 - place)):
            transfer = actions.hand_over(
                asset=asset, by=cast.assessors[SOUTH], reason=REASON, owner="rw", region=there,
                place="Balai warga RW", custodian="Ketua RW",
            )  # fmt: skip
            verbs += 2
        if place < 2:
            with clock.at(until - timedelta(days=6 - place)):
                actions.accept(transfer=transfer, by=cast.official_of(there, None))
                verbs += 2
    return verbs


def _write_off(cast: Cast, until: datetime) -> int:
    asset = Asset.objects.filter(aid_type__code="laptop", state="kept").order_by("pk").first()
    if asset is None:
        return 0
    city = asset.region.city_code
    with clock.at(until - timedelta(days=12)):
        by = cast.official_of(asset.region, asset.site)
        actions.check(
            asset=asset, condition="broken", by=by, note="Terkena banjir, tidak menyala lagi (contoh)."
        )
    with clock.at(until - timedelta(days=5)):
        actions.write_off(
            asset=asset, by=cast.assessors.get(city, cast.assessors[PROVINCE]),
            reason="Biaya perbaikannya melebihi nilainya (contoh).", document="SK-CONTOH/12/2026",
        )  # fmt: skip
    return 2


def _at(day: date, until: datetime) -> datetime:
    """Ten in the morning of that day, but never after the demo's now."""
    morning = timezone.make_aware(datetime.combine(day, time(10)))
    return min(morning, until - timedelta(hours=1))
