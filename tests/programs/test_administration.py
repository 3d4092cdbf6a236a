from itertools import product

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from programs.models import AidType, Program
from regions.models import StaleMark
from tests.factories import AidTypeFactory, ProgramFactory, make_need, someone, tree

pytestmark = pytest.mark.django_db
REASON = {"reason": "Sebab contoh."}
PROGRAM = {"name": "Pangan", "lead_agency": "Dinas Contoh", "position": "10"}
AID = {"name": "Paket sembako", "unit": "paket", "kind": "goods", "guide_value": "200000", "position": "10",
       "is_active": "on", "rows": "Beras; 5 kg; Rice; 5 kg\nGula; 1 kg"}  # fmt: skip
ACTORS = {
    "province": ("31", 302),
    "city": ("31.74", 404),
    "assessor": ("31", 403),
    "facilitator": ("31.74", 403),
}
DEEDS = {
    "edit_program": PROGRAM,
    "run_program": {},
    "pause_program": REASON,
    "end_program": REASON,
    "new_aid_type": AID | {"code": "baru"},
}


def actor(name: str):
    role = Role.ADMINISTRATOR if name in ("province", "city") else Role(name)
    return someone(role, tree(ACTORS[name][0]))


@pytest.mark.parametrize(("deed", "name"), list(product(DEEDS, ACTORS)))
def test_deed_is_for_administrators_of_the_programs_region(client: Client, deed: str, name: str) -> None:
    program = ProgramFactory(state="planned" if deed == "run_program" else "running")
    client.force_login(actor(name))
    response = client.post(reverse(deed, args=[program.code]), DEEDS[deed])
    assert response.status_code == ACTORS[name][1]


def test_program_is_founded_planned_and_run(client: Client) -> None:
    client.force_login(actor("city"))
    tree("31")
    data = PROGRAM | {"code": "seni-budaya", "region": "31.74"}
    assert client.post(reverse("found_program"), data).status_code == 302
    program = Program.objects.get()
    assert program.state == "planned"
    assert client.post(reverse("run_program", args=[program.code])).status_code == 302
    assert client.post(reverse("run_program", args=[program.code])).status_code == 409
    assert client.post(reverse("pause_program", args=[program.code])).status_code == 422
    assert [move.verb for move in program.moves.all()] == ["found", "run"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("code", "Seni Budaya"), ("code", "pangan"), ("region", "31"), ("name", ""), ("launched", "April 2020")],
)
def test_bad_program_is_refused_beside_its_field(client: Client, field: str, value: str) -> None:
    ProgramFactory()
    client.force_login(actor("city"))
    data = PROGRAM | {"code": "seni-budaya", "region": "31.74", field: value}
    response = client.post(reverse("found_program"), data)
    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_aid_type_takes_its_contents_line_by_line(client: Client) -> None:
    program = ProgramFactory()
    client.force_login(actor("province"))
    address = reverse("new_aid_type", args=[program.code])
    assert client.post(address, AID | {"code": "sembako"}).status_code == 302
    aid_type = AidType.objects.get()
    assert aid_type.contents[0] == {"name": "Beras", "amount": "5 kg", "name_en": "Rice", "amount_en": "5 kg"}
    assert aid_type.guide_value == 200_000
    assert client.post(address, AID | {"code": "sembako"}).status_code == 422
    assert client.post(address, AID | {"code": "lain", "rows": "Beras"}).status_code == 422
    assert client.post(address, AID | {"code": "uang", "kind": "money"}).status_code == 422
    page = client.get(reverse("change_aid_type", args=[program.code, aid_type.pk])).content.decode()
    assert "Beras; 5 kg; Rice; 5 kg" in page


def test_unit_stays_once_a_need_counts_in_it(client: Client) -> None:
    aid_type = AidTypeFactory()
    client.force_login(actor("province"))
    address = reverse("change_aid_type", args=["pangan", aid_type.pk])
    assert client.post(address, AID | {"unit": "dus"}).status_code == 302
    make_need(aid_type=aid_type)
    response = client.post(address, AID | {"unit": "karung"})
    assert response.status_code == 422
    assert "unit" in response.context["form"].errors
    aid_type.refresh_from_db()
    assert aid_type.unit == "dus"


def test_new_guide_value_marks_the_cities_stale(client: Client) -> None:
    aid_type = AidTypeFactory()
    tree("31.74")
    client.force_login(actor("province"))
    StaleMark.objects.all().delete()
    address = reverse("change_aid_type", args=["pangan", aid_type.pk])
    assert client.post(address, AID | {"guide_value": "210000"}).status_code == 302
    assert {"31.74", "31"} <= set(StaleMark.objects.values_list("city_code", flat=True))


def test_one_programs_administrator_sees_that_one(client: Client) -> None:
    ProgramFactory()
    ProgramFactory(code="umkm", name="UMKM")
    client.force_login(someone(Role.ADMINISTRATOR, tree("31"), "umkm"))
    page = client.get(reverse("program_admin"))
    assert [program.code for program in page.context["programs"]] == ["umkm"]
    assert client.get(reverse("kept_program", args=["pangan"])).status_code == 404


def test_list_asks_as_often_for_many_as_for_one(client: Client) -> None:
    client.force_login(actor("province"))
    AidTypeFactory()
    address = reverse("program_admin")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for i in range(29):
        AidTypeFactory(program=ProgramFactory(code=f"p{i}"))
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(few) == len(many)
