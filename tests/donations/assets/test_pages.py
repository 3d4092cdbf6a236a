"""The pages of assets: lists, verbs, sheets, labels, the book and what a label leads to."""

import csv
import io
import re
import zipfile
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from accounts import clock
from accounts.models import User
from accounts.roles import Role
from donations.assets import actions
from donations.assets.book import HEADS, PRINTED
from donations.assets.labels import set_labels
from donations.assets.models import Asset, AssetTransfer
from programs.models import AidType
from regions.notation import number
from tests.donations.assets.making import make_assets, offer
from tests.factories import SiteFactory, assessor, official, picture, someone, tree
from tests.html import flat

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_lists_ask_as_much_for_one_asset_as_for_many() -> None:
    clients = {"officer": signed_in(assessor()), "keeper": signed_in(official(tree()))}
    first = make_assets(1)[0]
    addresses = [
        reverse("assets"), reverse("assets") + "?periksa=waktunya&q=timbangan&urut=nilai&keadaan=good",
        reverse("asset_book"), reverse("asset_book_csv"), reverse("asset", args=[first.pk]),
        reverse("asset_group", args=[first.handover_line.handover_id]),
    ]  # fmt: skip
    before = {(who, one): queries(client, one) for who, client in clients.items() for one in addresses}
    make_assets(12)
    after = {(who, one): queries(client, one) for who, client in clients.items() for one in addresses}
    assert {key: count for key, count in after.items() if count > before[key]} == {}


def test_the_list_is_searched_narrowed_and_ordered() -> None:
    officer = signed_in(assessor())
    one, two, three = make_assets(3)
    (elsewhere,) = make_assets(1, code="31.75.01.1001.001")
    actions.describe(asset=one, by=None, serial="SN-77")
    actions.check(asset=two, condition="repair", by=None, note="Layar retak.")
    actions.write_off(asset=three, by=None, reason="x", document="SK-1")

    def found(**query: str) -> set[str]:
        page = officer.get(reverse("assets"), query).content.decode()
        return {asset.number for asset in (one, two, three, elsewhere) if asset.number in page}

    assert found() == {one.number, two.number}
    assert found(q="sn-77") == found(q=one.code_in_groups.lower()) == found(q=one.number) == {one.number}
    assert found(status="written_off") == {three.number}
    assert found(keadaan="repair") == found(status="baru", q="") == {two.number}
    assert found(periksa="terlambat") == found(program="\x00") - {one.number, two.number} == set()
    with clock.at(clock.now() + timedelta(days=185)):
        assert found(periksa="terlambat") == {one.number, two.number}
    assert found(q="tidak ada") == set()


def test_pages_are_for_those_in_reach_who_may() -> None:
    (asset,) = make_assets(1)
    page, verb = reverse("asset", args=[asset.pk]), reverse("asset_verb", args=[asset.pk, "describe"])
    for role, status in ((Role.ADMINISTRATOR, 403), (Role.ASSESSOR, 200), (Role.FACILITATOR, 200)):
        near = signed_in(someone(role, tree("31.74")))
        assert (near.get(page).status_code, near.get(verb).status_code) == (200, status)
    keeper = signed_in(official(tree()))
    assert (keeper.get(page).status_code, keeper.get(verb).status_code) == (200, 200)
    far = signed_in(official(tree("31.74.01.1001.004")))
    assert (far.get(page).status_code, far.get(verb).status_code) == (404, 404)
    inspector = signed_in(someone(Role.INSPECTOR, tree("31.74")))
    assert (inspector.get(page).status_code, inspector.get(reverse("assets")).status_code) == (403, 403)
    assert keeper.get(reverse("asset_verb", args=[asset.pk, "write_off"])).status_code == 403
    assert keeper.get(reverse("asset_verb", args=[asset.pk, "move"])).status_code == 404


def test_an_official_describes_with_a_photo_and_sends_it_twice() -> None:
    (asset,) = make_assets(1)
    client = signed_in(official(tree()))
    address = reverse("asset_verb", args=[asset.pk, "describe"])
    seen = re.search(r'name="seen" value="(\d+)"', client.get(address).content.decode())
    assert seen is not None
    answers = {"seen": seen[1], "serial": "SN 1", "owner": "village", "custodian_name": "Bu Ani"}
    for _i in range(2):
        photo = SimpleUploadedFile("a.jpg", picture().getvalue(), "image/jpeg")
        assert client.post(address, answers | {"photo": photo}).status_code == 302
    asset.refresh_from_db()
    assert (asset.serial, asset.owner, asset.moves.filter(verb="describe").count()) == ("SN 1", "village", 1)
    assert asset.photos.count() == 1
    bad = SimpleUploadedFile("a.jpg", b"<svg/>", "image/jpeg")
    answer = client.post(address, {"serial": "SN 2", "photo": bad})
    assert (answer.status_code, "SN 2" in answer.content.decode()) == (422, True)


def test_a_check_that_is_not_good_wants_a_note() -> None:
    (asset,) = make_assets(1)
    client = signed_in(someone(Role.FACILITATOR, tree("31.74.01.1001")))
    address = reverse("asset_verb", args=[asset.pk, "check"])
    assert client.post(address, {"condition": "lost"}).status_code == 422
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"condition": "lost", "note": "Sejak Mei."}).status_code == 302
    assert Asset.objects.get().condition == "lost"


def test_those_that_are_ticked_are_recorded_as_good() -> None:
    assets = make_assets(3)
    client = signed_in(official(tree()))
    report = assets[0].handover_line.handover
    address = reverse("asset_group", args=[report.pk])
    page = flat(client.get(reverse("handover", args=[report.pk])).content.decode())
    assert f'href="{address}">3 barang tercatat sebagai aset' in page
    answer = client.post(address, {"aset": [assets[0].pk, assets[2].pk, "x", "999999999"]}, follow=True)
    assert "2 barang dicatat baik" in answer.content.decode()
    assert Asset.objects.exclude(checked_on=None).count() == 2
    client.post(address, {"aset": [assets[0].pk]})
    assert assets[0].moves.filter(verb="check").count() == 1
    administrator = signed_in(someone(Role.ADMINISTRATOR, tree("31.74")))
    assert administrator.post(address, {"aset": [assets[1].pk]}).status_code == 403


def test_a_sheet_with_a_broken_row_keeps_nothing_and_says_which() -> None:
    assets = make_assets(3)
    client = signed_in(official(tree()))
    address = reverse("asset_sheet", args=[assets[0].handover_line_id])
    answer = client.post(address, {"sheet": "A-1\nA-1\n9;B-2\n"})
    text = answer.content.decode()
    assert (answer.status_code, "sudah ada di baris 1" in text, "A-1" in text) == (422, True, True)
    answer = client.post(address, {"sheet": "A-1\n9;B-2\n"})
    assert (answer.status_code, "bernomor register 9" in answer.content.decode()) == (422, True)
    assert not Asset.objects.exclude(serial="").exists()
    # What went elsewhere is no longer theirs to describe: the next place that is free is the second.
    actions.accept(transfer=offer(assets[0]), by=None)
    assert client.post(address, {"sheet": "1;C-3\n"}).status_code == 422
    file = SimpleUploadedFile(
        "seri.csv", "\ufeffregister;nomor seri;merek\n;00017;Acme\n".encode(), "text/csv"
    )
    assert client.post(address, {"file": file}).status_code == 302
    assert client.post(address, {"sheet": "00017"}).status_code == 302
    assert client.post(address, {"sheet": "3;00017"}).status_code == 422
    assert Asset.objects.get(register=2).serial == "00017"
    assert signed_in(someone(Role.ADMINISTRATOR, tree("31.74"))).get(address).status_code == 403


def test_a_transfer_is_offered_by_name_and_answered_on_the_other_side() -> None:
    (asset,) = make_assets(1)
    there = tree("31.74.01.1001.007")
    officer, taker = signed_in(assessor()), signed_in(official(there))
    address = reverse("asset_verb", args=[asset.pk, "hand_over"])
    answers = {"owner": "rw", "reason": "Pindah.", "to": "tidak ada di mana pun"}
    assert officer.post(address, answers).status_code == 422
    assert officer.post(address, answers | {"to": "31.74.01.1001"}).status_code == 302
    actions.call_back(asset=asset, by=None, reason="x")
    several = officer.post(address, answers | {"to": "RW"})
    offered = re.findall(r'name="chosen" value="([^"]+)"', several.content.decode())
    assert several.status_code == 422
    chosen = next(one for one in offered if one.endswith(there.code))
    assert officer.post(address, answers | {"to": "RW", "chosen": chosen}).status_code == 302
    transfer = AssetTransfer.objects.open().get()  # type: ignore[attr-defined]
    assert transfer.region_id == there.pk
    page = reverse("asset_transfer", args=[transfer.pk])
    assert signed_in(official(tree())).get(page).status_code == 404
    assert transfer.asset.number in taker.get(reverse("desk")).content.decode()
    assert "Terima aset" not in officer.get(page).content.decode()
    # Whoever sees it here and may answer there finds the way, but for who handed it over.
    assert f'href="{page}"' in signed_in(assessor()).get(asset.get_absolute_url()).content.decode()
    assert f'href="{page}"' not in officer.get(asset.get_absolute_url()).content.decode()
    accept = reverse("asset_transfer_verb", args=[transfer.pk, "accept"])
    assert officer.post(accept).status_code == 422
    assert taker.get(page).status_code == 200
    assert taker.post(accept).status_code == 302
    asset.refresh_from_db()
    assert asset.region_id == there.pk
    assert taker.post(accept).status_code in (302, 409)


def test_the_public_page_tells_no_person_and_no_whole_number(client: Client) -> None:
    (asset,) = make_assets(1)
    actions.describe(
        asset=asset, by=None, serial="SECRET-9876", custodian="Ketua RW 03", custodian_name="Bu Ani"
    )
    actions.check(asset=asset, condition="repair", by=None, note="Catatan dalam.")
    address = asset.public_url
    page = client.get(address).content.decode()
    assert all(
        text in page for text in (asset.number, "milik RW", "…876", "Yayasan Contoh", "perlu diperbaiki")
    )
    assert not any(
        text in page for text in ("SECRET", "Bu Ani", "Catatan dalam", "Ketua RW 03", "Siti Contoh")
    )
    assert client.get(f"/id/aset/{asset.code_in_groups.lower()}/")["Location"] == address
    assert client.get("/id/aset/K7QF2M9X4TRD/").status_code == 404
    pledge = asset.handover_line.delivery_line.allocation.commitment.pledge
    type(pledge).objects.filter(pk=pledge.pk).update(may_be_named=False)
    actions.restore(
        asset=actions.write_off(asset=asset, by=None, reason="x", document="1"), by=None, reason="x"
    )
    assert "Yayasan Contoh" not in client.get(address).content.decode()


def test_only_the_picture_of_the_description_is_public(client: Client) -> None:
    from accounts import photos

    (asset,) = make_assets(1)
    actions.describe(asset=asset, by=None, photo=photos.clean(picture()))
    actions.check(asset=asset, condition="good", by=None, photo=photos.clean(picture("red")))
    seen, hidden = asset.photos.get(is_public=True), asset.photos.get(is_public=False)
    assert client.get(reverse("asset_public_photo", args=[asset.code, seen.pk])).status_code == 200
    assert client.get(reverse("asset_public_photo", args=[asset.code, hidden.pk])).status_code == 404
    assert signed_in(official(tree())).get(reverse("asset_photo", args=[hidden.pk])).status_code == 200
    far = signed_in(official(tree("31.74.01.1001.004")))
    assert far.get(reverse("asset_photo", args=[hidden.pk])).status_code == 404


def test_labels_begin_where_they_are_asked_to_and_say_what_the_thing_is() -> None:
    assets = make_assets(3)
    keeper = signed_in(official(tree()))
    query = {"bast": assets[0].handover_line.handover_id, "mulai": 23}
    assert keeper.get(reverse("asset_labels"), query).status_code == 200
    sheet = PdfReader(io.BytesIO(keeper.get(reverse("asset_labels_file"), query).content))
    texts = [" ".join(page.extract_text().split()) for page in sheet.pages]
    assert [sum(one.number in text for one in assets) for text in texts] == [2, 1]
    assert all(
        part in texts[0]
        for part in (assets[0].code_in_groups, "milik RW", "Timbangan digital", "BAST 1/31.74")
    )
    assert "Siti Contoh" not in "".join(texts)
    single = keeper.get(reverse("asset_labels_file"), {"aset": assets[1].pk, "ukuran": "satu", "mulai": 1})
    assert len(PdfReader(io.BytesIO(single.content)).pages) == 1
    assert keeper.get(reverse("asset_labels_file"), query | {"mulai": 25}).status_code == 422
    assert keeper.get(reverse("asset_labels"), {"bast": "x"}).status_code == 404


def test_a_label_with_long_names_stays_within_its_place() -> None:
    site = SiteFactory(name=("Sekolah Menengah Kejuruan " + "Y" * 90)[:110])
    assets = list(make_assets(4, site=site, region=site.region))
    AidType.objects.filter(pk=assets[0].aid_type_id).update(
        name="Perangkat laptop lengkap dengan tas, tetikus, dan modem"
    )
    with PdfDocument(set_labels(list(Asset.objects.for_rows()), base_url="https://ksbb.test")) as sheet:
        text = sheet[0].get_textpage()
        top = sheet[0].get_height()
        places = [text.get_rect(place) for place in range(text.count_rects())]
    wide, high = 70 / 25.4 * 72, 37 / 25.4 * 72
    assert len(places) > 30
    for left, low, right, upper in places:
        assert left // wide == right // wide
        assert (top - upper) // high == (top - low) // high


def test_the_book_and_its_files_say_the_same_to_the_digit() -> None:
    officer = signed_in(assessor())
    one, two, _three = make_assets(3)
    make_assets(700)
    actions.describe(asset=one, by=None, serial="00017", brand="=Acme", description="Merah")
    actions.write_off(asset=two, by=None, reason="x", document="SK-1")
    query = {"program": "persampahan", "wilayah": "31.74.01"}
    page = officer.get(reverse("asset_book"), query).content.decode()
    lines = _csv(officer.get(reverse("asset_book_csv"), query))
    assert tuple(lines[0]) == HEADS
    shown = [
        [
            re.sub(r"<[^>]+>", "", cell).strip()
            for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)
        ]
        for row in re.findall(r"<tr>(.*?)</tr>", page.split("<tbody>")[1], re.DOTALL)
    ]
    assert len(shown) == len(lines) - 1 == 4
    for printed, line in zip(shown, lines[1:], strict=True):
        # Counts and rupiah stand with points on the page; a formula is guarded in the file.
        told = [cell.removeprefix("'") for cell in line[:PRINTED]]
        told[12:14] = [number(int(cell)) for cell in told[12:14]]
        assert printed == told
    assert _workbook(officer.get(reverse("asset_book_xlsx"), query)) == [
        [cell.removeprefix("'") for cell in line] for line in lines
    ]
    assert [line[12:14] for line in lines[1:]].count(["700", "420000000"]) == 1
    assert _csv(officer.get(reverse("asset_book_csv"), {"dari": "2100-01-01"})) == [list(HEADS)]
    # What is not understood is said on the page; a file could not say that it holds more than was asked for.
    for query in ({"dari": "kemarin"}, {"wilayah": "31.74.02"}):
        for name, status in (("asset_book", 200), ("asset_book_csv", 422), ("asset_book_xlsx", 422)):
            wrong = officer.get(reverse(name), query)
            assert (wrong.status_code, wrong.context["filters"].errors.keys()) == (status, query.keys())


def _csv(answer) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def _workbook(answer) -> list[list[str]]:
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as package:
        sheet = ElementTree.fromstring(package.read("xl/worksheets/sheet1.xml"))
    name = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    return [["".join(cell.itertext()) for cell in row] for row in sheet.iter(f"{name}row")]


def test_what_nobody_answered_yet_can_be_called_back_from_the_page() -> None:
    (asset,) = make_assets(1)
    offer(asset)
    officer = signed_in(assessor())
    assert "Batalkan pengalihan" in officer.get(reverse("asset", args=[asset.pk])).content.decode()
    address = reverse("asset_verb", args=[asset.pk, "call_back"])
    assert officer.post(address, {"reason": ""}).status_code == 422
    assert officer.post(address, {"reason": "Salah alamat."}).status_code == 302
    assert officer.get(address).status_code == 409
