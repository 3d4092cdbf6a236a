"""Context layers in administration: who may, what a wrong file gets, dry run, replacing, removing."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions import layers as actions
from accounts.errors import NotNow
from accounts.models import KeptLayer, LayerMove
from accounts.roles import Role
from regions.actions.indicators import current_codes
from regions.indicators import read_indicators
from regions.models import Indicator, IndicatorValue
from tests.factories import someone, tree

pytestmark = pytest.mark.django_db
HEAD = "indicator,region,value,name_id,unit_id,source,as_of,direction\n"
GOOD = f"{HEAD}banjir,31.74.01.1001,4,Banjir,hari,BPBD,2025-12-31,high\n"


@pytest.fixture
def keeper(client):
    tree("31.74.01.1001")
    client.force_login(someone(Role.ADMINISTRATOR, tree("31")))
    return client


def send(client, text, **more):
    """Load a file as if the form had just been opened."""
    file = SimpleUploadedFile("lapisan.csv", text.encode(), content_type="text/csv")
    return client.post(reverse("load_layers"), {"file": file, "seen": newest(client), **more})


def newest(client):
    return client.get(reverse("load_layers")).context["seen"]


def read(text):
    return list(read_indicators(text.encode(), current_codes()).series.values())


@pytest.mark.parametrize(
    ("role", "place", "statuses"),
    [
        (Role.ADMINISTRATOR, "31", (200, 200, 404)),
        (Role.ADMINISTRATOR, "31.74", (200, 403, 403)),
        (Role.ASSESSOR, "31", (403, 403, 403)),
        (Role.FACILITATOR, "31.74", (403, 403, 403)),
    ],
)
def test_layers_are_kept_by_administrators_of_the_province(client, role, place, statuses):
    client.force_login(someone(role, tree(place)))
    listed = client.get(reverse("layers"))
    form = client.get(reverse("load_layers"))
    removed = client.post(reverse("remove_layer", args=["banjir"]))
    assert (listed.status_code, form.status_code, removed.status_code) == statuses
    if statuses[0] == 200:
        assert (reverse("load_layers") in listed.content.decode()) is (place == "31")


def test_file_is_loaded_replaced_removed_and_brought_back(keeper):
    assert send(keeper, GOOD)["Location"] == reverse("layers")
    assert IndicatorValue.objects.get().value == 4
    send(keeper, GOOD.replace(",4,", ",9,").replace("BPBD,2025", "BPBD,2026"), reason="angka baru")
    assert IndicatorValue.objects.get().value == 9
    address = reverse("layer", args=["banjir"])
    assert (
        keeper.post(reverse("remove_layer", args=["banjir"]), {"reason": "salah hitung"})["Location"]
        == address
    )
    assert "lapis=banjir" not in keeper.get(reverse("map")).content.decode()
    assert keeper.get(reverse("map_layer", args=["banjir"])).status_code == 404
    keeper.post(reverse("restore_layer", args=["banjir"]), {"reason": "ternyata benar"})
    assert keeper.get(reverse("map_layer", args=["banjir"])).status_code == 200
    page = keeper.get(address).content.decode()
    told = ["Ditampilkan lagi", "ternyata benar", "Dihapus dari peta", "salah hitung", "Diganti dengan berkas lain",
            "1 nilai, BPBD 2026; sebelumnya 1 nilai, BPBD 2025", "angka baru", "Lapisan dimuat"]  # fmt: skip
    places = [page.index(one) for one in told]
    assert places == sorted(places)
    assert page.count(LayerMove.objects.first().actor.name) >= 4


@pytest.mark.parametrize("verb", ["remove_layer", "restore_layer"])
def test_verb_wants_a_reason_and_a_layer_that_it_fits(keeper, verb):
    send(keeper, GOOD)
    layer = KeptLayer.objects.get()
    if verb == "restore_layer":
        actions.remove(layer=layer, by=None, reason="usang")
    address = reverse(verb, args=["banjir"])
    assert keeper.post(address, {"reason": " "}).status_code == 422
    assert keeper.post(address, {"reason": "begitu"}).status_code == 302
    assert keeper.post(address, {"reason": "begitu"}).status_code == 409
    assert layer.moves.filter(verb=verb.removesuffix("_layer"), reason="begitu").count() == 1


def test_replacing_wants_a_reason_and_says_what_is_lost(keeper):
    send(keeper, GOOD)
    other = GOOD.replace(",4,", ",9,")
    checked = send(keeper, other, periksa="1").content.decode()
    assert "mengganti 1 nilai (BPBD, 2025)" in checked
    refused = send(keeper, other)
    assert refused.status_code == 422
    assert "Berkas ini mengganti Banjir. Tuliskan alasannya." in refused.content.decode()
    assert IndicatorValue.objects.get().value == 4


def test_layer_is_downloaded_as_a_file_that_loads_the_same(keeper):
    send(keeper, GOOD)
    Indicator.objects.update(is_sample=True)
    file = keeper.get(reverse("layer_file", args=["banjir"]))
    assert file["Content-Type"].startswith("text/csv")
    before = list(IndicatorValue.objects.values_list("region_id", "value"))
    assert send(keeper, file.content.decode(), reason="kembali").status_code == 302
    assert list(IndicatorValue.objects.values_list("region_id", "value")) == before
    assert Indicator.objects.get().is_sample
    send(keeper, GOOD.replace("BPBD", "Dinas"), reason="angka sungguhan")
    assert not Indicator.objects.get().is_sample


def test_same_file_sent_twice_is_loaded_once(keeper):
    seen = newest(keeper)
    assert [send(keeper, GOOD, seen=seen).status_code for _twice in "ab"] == [302, 302]
    assert LayerMove.objects.count() == 1


def test_who_was_overtaken_is_told_by_whom_and_replaces_nothing(keeper):
    seen = newest(keeper)
    other = someone(Role.ADMINISTRATOR, tree("31"))
    actions.load(several=read(GOOD.replace(",4,", ",9,")), by=other, seen=0)
    answer = send(keeper, GOOD, seen=seen, reason="angka baru")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert f"Banjir baru saja diubah oleh {other.name} (Lapisan dimuat)" in page
    assert IndicatorValue.objects.get().value == 9
    assert send(keeper, GOOD, seen=newest(keeper), reason="angka baru").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_two_who_load_at_once_one_is_told(transactional_db):
    tree("31.74.01.1001")
    people = [someone(Role.ADMINISTRATOR, tree("31")) for _one in "ab"]
    together = threading.Barrier(2)

    def load(by):
        try:
            together.wait(timeout=10)
            actions.load(several=read(GOOD.replace(",4,", f",{by.pk},")), by=by, seen=0, reason="angka baru")
        except NotNow as error:
            return str(error.messages[0])
        else:
            return ""
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        said = sorted(threads.map(load, people))
    assert said[0] == ""
    assert "baru saja diubah" in said[1]
    move = LayerMove.objects.get()
    assert IndicatorValue.objects.get().value == move.actor_id


def test_dry_run_says_what_would_become_and_changes_nothing(keeper):
    answer = send(keeper, GOOD, periksa="1")
    assert answer.status_code == 200
    assert "Belum ada yang diubah" in answer.content.decode()
    assert not Indicator.objects.exists()


def test_wrong_rows_are_listed_and_nothing_is_loaded(keeper):
    answer = send(keeper, GOOD + "banjir,31.99,1,,,,,\nbanjir,<b>x</b>,1,,,,,\n")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "baris 3, region: 31.99 tidak ada" in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page
    assert not Indicator.objects.exists()


@pytest.mark.parametrize("data", [{}, {"file": "teks saja"}])
def test_without_a_file_the_form_asks_for_one(keeper, data):
    answer = keeper.post(reverse("load_layers"), data)
    assert answer.status_code == 422
    assert "Pilih dulu berkasnya" in answer.content.decode()


def test_list_asks_the_same_with_many_layers(keeper):
    send(keeper, GOOD)
    keeper.get(reverse("layers"))
    with CaptureQueriesContext(connection) as one:
        keeper.get(reverse("layers"))
    rows = "".join(f"nomor-{n},31.74,{n},Nama {n},hari,BPBD,2025-12-31,high\n" for n in range(30))
    send(keeper, HEAD + rows)
    keeper.get(reverse("layers"))
    with CaptureQueriesContext(connection) as many:
        keeper.get(reverse("layers"))
    assert len(one) == len(many)
    assert Indicator.objects.count() == 31
