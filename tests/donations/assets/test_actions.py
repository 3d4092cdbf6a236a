"""Assets: made once, described, checked, parted, moved, written off."""

import io
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts import clock, photos
from accounts.errors import NotNow, Refused
from accounts.models import Notice
from accounts.roles import Role
from donations.assets import actions
from donations.assets.due import EARLY, months_after, next_check
from donations.assets.models import Asset, AssetTransfer
from donations.assets.sheet import Faulty, Row, read_sheet
from donations.handovers import actions as handovers
from donations.ledger import faults
from tests.donations.assets.making import make_asset, make_assets, offer
from tests.factories import (
    SiteFactory,
    assessor,
    make_commitment,
    make_delivery,
    make_handover,
    make_need,
    official,
    picture,
    someone,
    tree,
)

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@settings(max_examples=40)
@given(start=days, months=st.integers(0, 120))
def test_months_after_keeps_the_day_or_takes_the_last_of_the_month(start: date, months: int) -> None:
    found = months_after(start, months)
    assert (found.year * 12 + found.month) - (start.year * 12 + start.month) == months
    assert found.day == start.day or (found.day < start.day and (found + timedelta(days=1)).day == 1)


@settings(max_examples=40)
@given(start=days, late=st.integers(0, 4000))
def test_next_check_is_a_day_of_the_series_after_the_last_check(start: date, late: int) -> None:
    checked = start + timedelta(days=late)
    found = next_check(start, checked)
    assert found is not None
    months = (found.year * 12 + found.month) - (start.year * 12 + start.month)
    assert months == 6 or months % 12 == 0
    assert found == months_after(start, months) > checked + EARLY
    before = {6: 0, 12: 6}.get(months, months - 12)
    assert months_after(start, before) <= checked + EARLY or months == 6


def test_next_check_of_month_ends_and_of_what_is_lost() -> None:
    assert next_check(date(2025, 8, 31)) == date(2026, 2, 28)
    assert next_check(date(2025, 8, 31), date(2026, 2, 1)) == date(2026, 8, 31)
    assert next_check(date(2025, 8, 31), date(2026, 9, 5)) == date(2027, 8, 31)
    assert next_check(date(2025, 8, 31), date(2025, 10, 1)) == date(2026, 2, 28)
    assert next_check(date(2025, 8, 31), date(2025, 10, 1), "lost") is None


def test_a_sheet_is_read_and_its_broken_rows_are_named() -> None:
    assert read_sheet("\ufeffNomor seri\nA-1\n\n B  2 \n") == [Row(2, "A-1"), Row(4, "B 2")]
    assert read_sheet("3;SN-9;Acme X\n1\tSN-8\n") == [Row(1, "SN-9", 3, "Acme X"), Row(2, "SN-8", 1)]
    with pytest.raises(Faulty) as broken:
        read_sheet("A1\na1\nx;B\n2;\n2;C\n2;D\n" + "9" * 81)
    assert [number for number, _why in broken.value.faults] == [2, 3, 4, 6, 7]


@pytest.mark.django_db
class TestAssets:
    def test_verified_durable_aid_is_registered_once_and_told(self) -> None:
        keeper = official(tree())
        assets = make_assets(3)
        first = assets[0]
        assert [one.register for one in assets] == [1, 2, 3]
        assert {(one.value, one.owner, one.condition, one.state) for one in assets} == {
            (600_000, "rw", "good", "kept")
        }
        assert (first.custodian, first.next_check_on) == ("Ketua RW 03", months_after(clock.today(), 6))
        notice = Notice.objects.get(person=keeper, kind="asset.registered")
        assert (notice.params["n"], notice.path) == (3, f"/meja/aset/bast/{first.handover_line.handover_id}/")
        assert actions.register(handover=first.handover_line.handover) == []
        assert actions.register_missing() == 0
        assert list(faults()) == []

    def test_what_is_not_durable_or_not_verified_is_no_asset(self) -> None:
        make_handover("verified")
        report = make_handover("submitted", delivery=make_delivery("dispatched", commitment=_scales(2)))
        assert not Asset.objects.exists()
        assert actions.register(handover=report) == []
        handovers.verify(handover=report, by=None)
        assert Asset.objects.count() == 2

    def test_reports_from_before_there_were_assets_are_registered_later(self, monkeypatch) -> None:
        monkeypatch.setattr("donations.handovers.beside._listeners", [])
        assert make_assets(2) == []
        assert actions.register_missing() == 2
        assert actions.register_missing() == 0

    def test_many_units_are_one_lot_that_can_be_parted(self) -> None:
        (lot,) = make_assets(501)
        assert (lot.count, lot.value) == (501, 501 * 600_000)
        part = actions.split(asset=lot, count=1, by=None)
        part = actions.describe(asset=part, by=None, serial="SN-1")
        lot.refresh_from_db()
        assert (lot.count, part.count, part.register, part.code != lot.code) == (500, 1, 2, True)
        assert part.next_check_on == lot.next_check_on
        for count in (0, 500, 501):
            with pytest.raises(Refused):
                actions.split(asset=lot, count=count, by=None)
        with pytest.raises(Refused, match="Pisahkan"):
            actions.describe(asset=lot, by=None, serial="SN-2")
        assert list(faults()) == []

    def test_an_aid_type_counted_in_lots_is_one_record(self) -> None:
        assert [one.count for one in make_assets(4, unit="Lot")] == [4]

    def test_whose_it_is_follows_from_the_site_and_is_said_once(self) -> None:
        (asset,) = make_assets(1, site=SiteFactory(kind="school"))
        assert asset.owner == "school"
        asset = actions.describe(
            asset=asset, by=None, owner="province", custodian_name="Bu Ani", place="Gudang"
        )
        assert asset.owner == "province"
        with pytest.raises(Refused, match="asesor mengalihkan"):
            actions.describe(asset=asset, by=None, owner="school")
        # The name of a person is in no journal and in no history of changes.
        move = asset.moves.get(verb="describe")
        assert (move.data["custodian_name"], move.data["place"]) == (True, ["Balai warga", "Gudang"])
        assert "custodian_name" not in {field.name for field in Asset.events.rel.related_model._meta.fields}

    def test_a_serial_number_is_given_once_for_an_aid_type(self) -> None:
        one, two, _third = make_assets(3)
        actions.describe(asset=one, by=None, serial=" ab  12 ")
        with pytest.raises(Refused, match="sudah dipakai"):
            actions.describe(asset=two, by=None, serial="AB 12")
        with pytest.raises(IntegrityError), transaction.atomic():
            Asset.objects.filter(pk=two.pk).update(serial="Ab 12")
        actions.describe(asset=one, by=None, serial="AB 12")

    def test_a_sheet_is_written_down_whole_or_not_at_all(self) -> None:
        assets = make_assets(3)
        assets[0] = actions.describe(asset=assets[0], by=None, serial="OLD")
        with pytest.raises(Faulty) as broken:
            actions.describe_sheet(
                assets=assets,
                by=None,
                rows=[Row(1, "N1"), Row(2, "old"), Row(3, "N3", 9), Row(4, "N4"), Row(5, "N5")],
            )
        assert [number for number, _why in broken.value.faults] == [3, 5]
        assert Asset.objects.exclude(serial="").count() == 1
        actions.describe_sheet(
            assets=Asset.objects.all(), by=None, rows=[Row(1, "N1"), Row(2, "N3", 3, "Acme")]
        )
        assert list(Asset.objects.values_list("serial", "brand")) == [("OLD", ""), ("N1", ""), ("N3", "Acme")]

    def test_a_check_sets_condition_and_the_next_day_and_tells_of_loss(self) -> None:
        asset, officer = make_asset(), assessor()
        with pytest.raises(Refused):
            actions.check(asset=asset, condition="broken", by=None)
        with clock.at(clock.now() + timedelta(days=183)):
            asset = actions.check(
                asset=asset, condition="repair", by=None, note="Layarnya retak.", photo=_photo()
            )
        assert (asset.condition, asset.next_check_on) == ("repair", months_after(asset.received_on, 12))
        assert asset.photos.get().is_public is False
        asset = actions.check(asset=asset, condition="lost", by=None, note="Sejak pindahan.")
        assert asset.next_check_on is None
        assert Notice.objects.filter(person=officer, kind="asset.bad").count() == 1
        asset = actions.check(asset=asset, condition="good", by=None)
        assert asset.next_check_on is not None

    def test_a_photo_loses_what_the_phone_wrote_and_is_kept_once(self) -> None:
        asset = make_asset()
        exif = _located()
        for _i in range(2):
            actions.describe(asset=asset, by=None, photo=photos.clean(io.BytesIO(exif)))
        photo = asset.photos.get()
        assert (photo.is_public, photo.latitude) == (True, pytest.approx(-6.5))
        with photo.image.open("rb") as stream:
            assert b"Exif" not in stream.read()

    def test_one_side_hands_over_and_the_other_takes(self) -> None:
        asset, giver = make_asset(), assessor()
        with pytest.raises(Refused, match="Tidak ada yang berubah"):
            actions.hand_over(
                asset=asset, by=giver, reason="x", owner="rw", region=asset.region, place=asset.place,
                custodian=asset.custodian, custodian_name=asset.custodian_name,
            )  # fmt: skip
        there = tree("31.74.01.1001.004")
        taker = official(there)
        transfer = offer(asset, there, by=giver, owner="rw", custodian="Ketua RW 04")
        assert Notice.objects.filter(person=taker, kind="asset.offered", read_at=None).exists()
        assert not Notice.objects.filter(person=giver, kind__startswith="asset").exists()
        with pytest.raises(NotNow):
            actions.write_off(asset=asset, by=giver, reason="x", document="1")
        with pytest.raises(Refused, match="pihak penerima"):
            actions.accept(transfer=transfer, by=giver)
        asset = actions.accept(transfer=transfer, by=taker)
        assert (asset.region_id, asset.custodian, asset.state) == (there.pk, "Ketua RW 04", "kept")
        assert [move.verb for move in asset.moves.all()] == ["register", "hand_over", "move"]
        assert Notice.objects.filter(person=giver, kind="asset.taken_work").exists()
        assert not Notice.objects.filter(kind="asset.offered", read_at=None).exists()
        assert list(faults()) == []

    def test_an_offer_is_declined_or_called_back_and_the_asset_stays(self) -> None:
        asset = make_asset()
        actions.decline(transfer=offer(asset), by=None, reason="Tidak ada tempat.")
        actions.call_back(asset=asset, by=None, reason="Salah alamat.") if offer(asset) else None
        asset.refresh_from_db()
        assert (asset.state, asset.region_id) == ("kept", "31.74.01.1001.003")
        assert set(AssetTransfer.objects.values_list("state", flat=True)) == {"declined", "withdrawn"}
        assert list(faults()) == []

    def test_what_is_written_off_is_neither_due_nor_gone(self) -> None:
        asset = make_asset("written_off")
        assert (asset.next_check_on, Asset.objects.listed().count()) == (None, 0)
        with pytest.raises(NotNow):
            actions.check(asset=asset, condition="good", by=None)
        asset = actions.restore(asset=asset, by=None, reason="Ditemukan lagi.")
        assert (asset.written_off_document, asset.next_check_on) == ("", months_after(asset.received_on, 6))
        with pytest.raises(Refused):
            actions.write_off(asset=asset, by=None, reason="x", document=" ")

    def test_the_database_refuses_what_cannot_be(self) -> None:
        asset = make_asset()
        for change in (
            {"count": 0}, {"owner": "nobody"}, {"condition": "new"}, {"next_check_on": None}, {"state": "written_off"},
            {"written_off_document": "SK"}, {"serial": "x", "count": 2},
        ):  # fmt: skip
            with pytest.raises(IntegrityError), transaction.atomic():
                Asset.objects.filter(pk=asset.pk).update(**change)

    def test_reminders_go_out_once_for_a_place_and_day(self) -> None:
        keeper, helper = official(tree()), someone(Role.FACILITATOR, tree("31.74.01.1001"))
        make_assets(3)
        told = Notice.objects.exclude(kind="asset.registered").exclude(kind__startswith="handover").filter(
            kind__startswith="asset"
        )  # fmt: skip
        with clock.at(clock.now() + timedelta(days=150)):
            actions.remind()
        assert not told.exists()
        with clock.at(clock.now() + timedelta(days=175)):
            assert (actions.remind(), actions.remind()) == (1, 1)
        assert [(one.person, one.kind, one.params["n"]) for one in told.all()] == [(keeper, "asset.due", 3)]
        with clock.at(clock.now() + timedelta(days=195)):
            actions.remind()
            actions.remind()
        assert sorted((one.person.pk, one.kind) for one in told.all()) == [
            (keeper.pk, "asset.due"), (keeper.pk, "asset.late"), (helper.pk, "asset.late"),
        ]  # fmt: skip

    def test_where_there_is_no_official_who_is_near_is_reminded_and_describes(self) -> None:
        asset = make_assets(1)[0]
        helper, _far = assessor("31.74"), assessor("31")
        with clock.at(clock.now() + timedelta(days=175)):
            actions.remind()
        assert [one.person for one in Notice.objects.filter(kind="asset.due")] == [helper]
        actions.check(
            asset=actions.describe(asset=asset, by=helper, serial="X1"), by=helper, condition="good"
        )


def _scales(count: int):
    from tests.donations.assets.making import scale

    return make_commitment("accepted", need=make_need(aid_type=scale()), quantity=count)


def _photo() -> photos.Photo:
    return photos.clean(picture())


def _located() -> bytes:
    from PIL import Image

    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "S", 2: (6.0, 30.0, 0.0), 3: "E", 4: (106.0, 0.0, 0.0)})
    return picture(exif=exif).getvalue()
