"""Setting a target, and the verbs on a need, through their pages."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts import clock
from accounts.errors import Refused
from accounts.models import User
from accounts.roles import Role
from programs import actions
from programs.models import Need
from regions.models import Region
from tests.factories import (
    AidTypeFactory,
    ProgramFactory,
    SiteFactory,
    UserFactory,
    assessor,
    collaborator,
    make_commitment,
    make_need,
    official,
    someone,
    tree,
)

pytestmark = pytest.mark.django_db
NEW = "/id/kebutuhan/baru/"
RW = "31.74.01.1001.003"


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def filled(**changes: object) -> dict[str, object]:
    return {
        "aid_type": AidTypeFactory().pk, "recipient": RW, "target": 1000, "people": 640, "people_kind": "families",
        "reason": "Banjir dua pekan lalu.", "priority": 2, "handover_place": "Balai warga",
        "deadline": (clock.today() + timedelta(days=30)).isoformat(), **changes,
    }  # fmt: skip


def errors(response: object, field: str) -> str:
    assert response.status_code == 422  # type: ignore[attr-defined]
    return " ".join(response.context["form"].errors[field])  # type: ignore[attr-defined]


def test_a_target_is_drafted_previewed_and_published() -> None:
    tree(RW)
    client = as_(assessor())
    assert client.get(NEW).status_code == 200
    response = client.post(NEW, filled())
    need = Need.objects.get()
    assert response["Location"] == f"/id/meja/kebutuhan/{need.pk}/"
    assert (need.state, need.target, need.region_id, need.unit_value) == ("draft", 1000, RW, 200_000)
    preview = client.get(response["Location"]).content.decode()
    assert "Pratinjau draf" in preview
    assert client.get(f"/id/kebutuhan/{need.pk}/publish/").status_code == 200
    assert client.post(f"/id/kebutuhan/{need.pk}/publish/").status_code == 302
    need.refresh_from_db()
    assert need.state == "published"


def test_setting_a_target_is_for_assessors_and_facilitators() -> None:
    assert Client().get(NEW).status_code == 302
    for user in (collaborator(), official(tree()), UserFactory()):
        assert as_(user).get(NEW).status_code == 403
    assert as_(someone(Role.FACILITATOR, tree("31.74"))).post(NEW, filled()).status_code == 302


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("target", 0), ("target", -5), ("target", 10**12), ("target", 10**13), ("target", "banyak"), ("target", "1,5"),
        ("target", ""), ("people", 0),
        ("reason", ""), ("priority", 9), ("deadline", "2020-01-01"), ("deadline", "kapan saja"), ("recipient", ""),
        ("recipient", "31.74.01.1001.777"), ("recipient", "tidak ada namanya"), ("aid_type", ""), ("aid_type", 999),
        ("people_kind", "robots"), ("unit_value", 0),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field_and_the_rest_is_kept(field: str, value: object) -> None:
    tree(RW)
    response = as_(assessor()).post(NEW, filled(**{field: value}))
    assert errors(response, field)
    assert field == "handover_place" or "Balai warga" in response.content.decode()
    assert not Need.objects.exists()


@pytest.mark.parametrize("written", ["1000", "1.000", "1,000", "1 000"])
def test_a_target_is_read_as_people_write_it(written: str) -> None:
    tree(RW)
    client = as_(assessor())
    client.post(NEW, filled(target=written, people="1.640", unit_value="Rp 250.000"))
    need = Need.objects.get()
    assert (need.target, need.people, need.unit_value) == (1000, 1640, 250_000)
    form = client.get(f"/id/kebutuhan/{need.pk}/ubah/").content.decode()
    assert 'value="1.000"' in form
    assert 'type="number"' not in form


def test_a_target_beyond_all_people_is_refused_by_the_verb_too() -> None:
    need = make_need()
    with pytest.raises(Refused, match="Periksa nolnya"):
        actions.revise(need=need, by=None, reason="x", changes={"target": 10**12})


@pytest.mark.parametrize("written", ["31.75.01.1001.001", "RW 01 Wilayah 31.75.01.1001 · 31.75.01.1001.001"])
def test_an_rw_of_another_area_is_refused(written: str) -> None:
    tree("31.75.01.1001.001")
    response = as_(assessor()).post(NEW, filled(recipient=written))
    assert "di luar wilayah kerja Anda" in errors(response, "recipient")


def test_a_site_of_another_area_is_refused() -> None:
    site = SiteFactory(region=tree("31.75.01.1001.001"))
    response = as_(assessor()).post(NEW, filled(recipient=f"{site.name} · lembaga {site.pk}"))
    assert "di luar wilayah" in errors(response, "recipient")


def test_a_program_that_is_not_ones_own_is_no_choice() -> None:
    tree(RW)
    other = AidTypeFactory(program=ProgramFactory(code="umkm"), code="gerobak")
    client = as_(assessor(program="pangan"))
    assert errors(client.post(NEW, filled(aid_type=other.pk)), "aid_type")
    assert client.post(NEW, filled()).status_code == 302


def test_a_name_that_fits_several_is_asked_again_and_one_that_fits_one_is_taken() -> None:
    tree(RW)
    tebet = tree("31.74.02.1001.003")
    Region.objects.filter(pk=tebet.pk).update(search_path=" rw3 tebet ", search_name=" rw3 tebet ")
    client = as_(assessor())
    response = client.post(NEW, filled(recipient="RW 03"))
    assert "Ada 2 yang cocok" in errors(response, "recipient")
    assert len(response.context["form"].matches) == 2
    assert client.post(NEW, filled(recipient="RW 3 Tebet")).status_code == 302
    assert Need.objects.get().region_id == "31.74.02.1001.003"


def test_a_site_is_found_by_its_name() -> None:
    site = SiteFactory(name="Panti Asuhan Kasih", region=tree("31.74.01.1001"))
    assert as_(assessor()).post(NEW, filled(recipient="kasih")).status_code == 302
    need = Need.objects.get()
    assert (need.site, need.region_id) == (site, "31.74.01.1001")


def test_the_same_form_twice_is_one_need() -> None:
    tree(RW)
    client = as_(assessor())
    key = client.get(NEW).context["form"]["key"].value()
    places = [client.post(NEW, filled(key=key))["Location"] for _ in range(2)]
    assert places[0] == places[1]
    assert Need.objects.count() == 1


def test_suggestions_are_of_the_own_area() -> None:
    tree(RW)
    tree("31.75.01.1001.003")
    text = as_(assessor()).get(NEW + "penerima/?recipient=RW+03").content.decode()
    assert RW in text
    assert "31.75" not in text
    assert as_(assessor()).get(NEW + "penerima/?recipient=31.74.01").content.decode().count("<option") == 1
    assert as_(collaborator()).get(NEW + "penerima/?recipient=RW").status_code == 403


def test_the_aid_type_says_its_unit_and_guide_value() -> None:
    aid = AidTypeFactory(contents=[{"name": "Beras", "amount": "5 kg"}])
    client = as_(assessor())
    text = client.get(f"{NEW}bentuk/?aid_type={aid.pk}").content.decode()
    assert "Rp200.000" in text
    assert "Beras" in text
    assert client.get(f"{NEW}bentuk/?aid_type=x").status_code == 200
    assert as_(collaborator()).get(f"{NEW}bentuk/?aid_type={aid.pk}").status_code == 403


def test_form_begins_with_the_recipient_of_the_address() -> None:
    tree(RW)
    form = as_(assessor()).get(f"{NEW}?penerima={RW}").context["form"]
    assert form["recipient"].value() == f"{tree(RW).full_name} · {RW}"
    assert as_(assessor()).get(f"{NEW}?penerima=x").status_code == 200


def test_a_draft_is_edited_and_never_moved_out_of_the_area() -> None:
    tree("31.75.01.1001.001")
    need = make_need("draft")
    address = f"/id/kebutuhan/{need.pk}/ubah/"
    client = as_(assessor())
    assert client.get(address).context["form"]["recipient"].value().endswith(RW)
    assert client.post(address, filled(target=70)).status_code == 302
    need.refresh_from_db()
    assert need.target == 70
    assert client.post(address, filled(recipient="31.75.01.1001.001")).status_code == 422
    assert as_(assessor("31.75")).get(address).status_code == 404
    assert as_(official(tree())).get(address).status_code == 403
    actions.publish(need=need, by=None)
    assert client.get(address).status_code == 409
    assert client.post(address, filled()).status_code == 409


def test_a_past_deadline_cannot_be_published() -> None:
    with clock.at(clock.now() - timedelta(days=60)):
        need = make_need("draft")
    response = as_(assessor()).post(f"/id/kebutuhan/{need.pk}/publish/")
    assert response.status_code == 422
    assert "Batas waktunya sudah lewat" in response.content.decode()


def revision(need: Need, **changes: object) -> dict[str, object]:
    return {
        "target": need.target, "people": need.people, "reason": need.reason, "priority": need.priority,
        "deadline": need.deadline.isoformat(), "handover_place": need.handover_place, "why": "Didata ulang.", **changes,
    }  # fmt: skip


def test_a_published_need_is_revised_with_a_reason_and_never_below_what_is_allocated() -> None:
    need = make_need(target=1000)
    make_commitment(need=need, quantity=600)
    address = f"/id/kebutuhan/{need.pk}/revisi/"
    client = as_(assessor())
    assert client.get(address).status_code == 200
    assert "600" in errors(client.post(address, revision(need, target=599)), "target")
    assert errors(client.post(address, revision(need, target=700, why="")), "why")
    assert errors(client.post(address, revision(need)), "__all__")
    assert client.post(address, revision(need, target=700)).status_code == 302
    need.refresh_from_db()
    assert need.target == 700
    assert need.moves.last().data["target"] == [1000, 700]
    assert as_(someone(Role.FACILITATOR, tree("31.74"))).get(address).status_code == 403
    assert as_(assessor("31.75")).get(address).status_code == 404


def test_a_revision_sent_twice_is_one_and_an_overtaken_one_is_shown_again() -> None:
    need = make_need(target=1000)
    address = f"/id/kebutuhan/{need.pk}/revisi/"
    user = assessor()
    client = as_(user)
    seen = client.get(address).context["form"]["seen"].value()
    other = as_(assessor()).get(address).context["form"]["seen"].value()
    data = revision(need, target=900, seen=seen)
    assert [client.post(address, data).status_code for _ in range(2)] == [302, 302]
    assert need.moves.filter(verb="revise").count() == 1
    response = as_(assessor()).post(address, revision(need, target=800, seen=other))
    assert response.status_code == 409
    need.refresh_from_db()
    assert need.target == 900


def test_a_need_is_paused_resumed_closed_and_reopened() -> None:
    need = make_need()
    client = as_(assessor())
    for verb, data, state in (
        ("pause", {"reason": "Didata ulang."}, "paused"), ("resume", {}, "published"),
        ("close", {"reason": "Selesai."}, "closed"), ("reopen", {"reason": "Banjir lagi."}, "paused"),
    ):  # fmt: skip
        address = f"/id/kebutuhan/{need.pk}/{verb}/"
        assert client.get(address).status_code == 200
        if data:
            assert client.post(address).status_code == 422
        assert client.post(address, data).status_code == 302
        assert client.post(address, data).status_code == 302  # sent twice
        need.refresh_from_db()
        assert need.state == state
    assert client.get(f"/id/kebutuhan/{need.pk}/pause/").status_code == 409
    assert client.post(f"/id/kebutuhan/{need.pk}/pause/", {"reason": "x"}).status_code == 409


def test_closing_a_need_that_holds_pledges_is_refused() -> None:
    need = make_need()
    make_commitment(need=need)
    response = as_(assessor()).post(f"/id/kebutuhan/{need.pk}/close/", {"reason": "x"})
    assert response.status_code == 422
    assert "Masih ada ikrar" in response.content.decode()


@pytest.mark.parametrize("verb", ["publish", "pause", "close"])
def test_verbs_of_a_need_by_area_and_role(verb: str) -> None:
    need = make_need("draft")
    address = f"/id/kebutuhan/{need.pk}/{verb}/"
    assert as_(assessor("31.75")).post(address, {"reason": "x"}).status_code == 404
    assert as_(collaborator()).post(address, {"reason": "x"}).status_code == 404
    assert as_(official(tree())).post(address, {"reason": "x"}).status_code == 403
    assert as_(someone(Role.FACILITATOR, tree("31.74"))).post(address, {"reason": "x"}).status_code == 403
    assert Client().post(address).status_code == 302
