"""Context layers in administration: who may, what a wrong file gets, dry run, replacing, removing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
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
    file = SimpleUploadedFile("lapisan.csv", text.encode(), content_type="text/csv")
    return client.post(reverse("load_layers"), {"file": file, **more})


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


def test_file_is_loaded_replaced_and_removed(keeper):
    assert send(keeper, GOOD)["Location"] == reverse("layers")
    assert IndicatorValue.objects.get().value == 4
    send(keeper, GOOD.replace(",4,", ",9,"))
    assert IndicatorValue.objects.get().value == 9
    assert "Banjir" in keeper.get(reverse("layers")).content.decode()
    keeper.post(reverse("remove_layer", args=["banjir"]))
    assert not Indicator.objects.exists()


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
