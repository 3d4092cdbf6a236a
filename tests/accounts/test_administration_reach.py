"""Who may open and do what in administration: every verb, by role and area."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock
from accounts.actions.appointments import Post
from accounts.actions.invitations import invite
from accounts.models import Assignment, Organisation, Permit, User
from accounts.roles import Role
from tests.factories import OrganisationFactory, SiteFactory, UserFactory, assign, someone, tree

pytestmark = pytest.mark.django_db
VILLAGE, RW = "31.74.01.1001", "31.74.01.1001.003"
# Who asks, and what they get of a thing in 31.74: in reach and allowed (302 or 200), in reach or not, 403 or 404.
ACTORS = {
    "province": (Role.ADMINISTRATOR, "31"),
    "city": (Role.ADMINISTRATOR, "31.74"),
    "other city": (Role.ADMINISTRATOR, "31.75"),
    "assessor": (Role.ASSESSOR, "31.74"),
    "facilitator": (Role.FACILITATOR, VILLAGE),
    "official": (Role.OFFICIAL, RW),
    "nobody": (None, ""),
}
ALLOWED = {"province": 302, "city": 302, "other city": 404}


def actor(name: str) -> User:
    role, code = ACTORS[name]
    return UserFactory() if role is None else someone(role, tree(code))


def an_official() -> User:
    user = UserFactory(email=None, phone="+6281234567890")
    assign(user, Role.OFFICIAL, tree(RW))
    return user


def an_organisation() -> Organisation:
    return OrganisationFactory(region=tree("31.74"), is_aggregator=True)


def an_agency() -> Organisation:
    return OrganisationFactory(region=tree("31.74"), collaborator_kind="government", is_confirmed=False)


def a_permit() -> Permit:
    today = clock.today()
    return Permit.objects.create(
        organisation=an_organisation(),
        number="1",
        issuer="Kementerian Contoh",
        valid_from=today - timedelta(days=7),
        valid_until=today + timedelta(days=7),
    )


def an_assignment() -> Assignment:
    return an_official().assignments.get()


def an_invitation():
    return invite(name="Ani", email="ani@contoh.test", post=Post(Role.OFFICIAL, tree(RW)), by=None).invitation


REASON = {"reason": "Sebab contoh."}
TODAY = {"day": clock.today().isoformat(), **REASON}
ORGANISATION = {"name": "PT Baru", "collaborator_kind": "enterprise", "region": "31.74"}
PERMIT = {"number": "2", "issuer": "Kementerian", "valid_from": "2026-01-01", "valid_until": "2027-01-01"}
SITE = {"name": "Panti Baru", "kind": "orphanage", "region": RW, "q": ""}
DEEDS: dict[str, tuple[Callable[[], object], str, dict[str, str]]] = {
    "appoint": (an_official, "appoint", {"role": "facilitator", "place": f"region:{VILLAGE}"}),
    "prolong": (an_assignment, "change_term", {"ends": "2030-01-01", **REASON}),
    "end": (an_assignment, "end_assignment", REASON),
    "resend": (an_invitation, "resend_invitation", {}),
    "revoke invitation": (an_invitation, "revoke_invitation", {}),
    "edit organisation": (an_organisation, "edit_organisation", ORGANISATION),
    "suspend organisation": (an_organisation, "suspend_organisation", REASON),
    "record permit": (an_organisation, "record_permit", PERMIT),
    "edit permit": (a_permit, "edit_permit", PERMIT | REASON),
    "suspend permit": (a_permit, "suspend_permit", TODAY),
    "revoke permit": (a_permit, "revoke_permit", TODAY),
    "correct person": (an_official, "correct_person", {"name": "Baru", "phone": "081234567899", **REASON}),
    "deactivate person": (an_official, "deactivate_person", REASON),
    "confirm organisation": (an_agency, "confirm_organisation", REASON),
    "edit site": (lambda: SiteFactory(region=tree(RW)), "edit_site", SITE),
    "deactivate site": (lambda: SiteFactory(region=tree(RW)), "deactivate_site", REASON),
}  # fmt: skip


@pytest.mark.parametrize(("deed", "name"), list(product(DEEDS, ACTORS)))
def test_deed_is_for_administrators_of_the_place(client: Client, deed: str, name: str) -> None:
    make, address, data = DEEDS[deed]
    tree(RW)
    subject = make()
    client.force_login(actor(name))
    response = client.post(reverse(address, args=[subject.pk]), data)
    assert response.status_code == ALLOWED.get(name, 403)


@pytest.mark.parametrize("name", ACTORS)
def test_code_is_for_who_looks_after_the_official(client: Client, name: str) -> None:
    expected = {"province": 200, "city": 200, "facilitator": 200, "other city": 404}.get(name, 403)
    subject = an_official()
    client.force_login(actor(name))
    response = client.post(reverse("issue_code", args=[subject.pk]))
    assert response.status_code == expected
    assert client.get(reverse("person", args=[subject.pk])).status_code == expected
    if expected == 200:
        assert "no-store" in response["Cache-Control"]


LISTS = ("people", "invitations", "invite", "organisations", "register_organisation", "sites", "add_site")


@pytest.mark.parametrize(("page", "name"), list(product(LISTS, ACTORS)))
def test_list_is_for_administrators(client: Client, page: str, name: str) -> None:
    tree(RW)
    client.force_login(actor(name))
    administers = name in ("province", "city", "other city") or (name == "facilitator" and page == "people")
    assert client.get(reverse(page)).status_code == (200 if administers else 403)


def test_lists_show_only_what_is_within_reach(client: Client) -> None:
    an_official()
    an_organisation()
    an_invitation()
    SiteFactory(region=tree(RW), name="Panti Selatan")
    client.force_login(actor("other city"))
    for page in ("people", "invitations", "organisations", "sites"):
        rows = client.get(reverse(page)).context["page"].object_list
        assert [row for row in rows if getattr(row, "pk", None) != client.session["_auth_user_id"]
                and str(getattr(row, "pk", "")) != client.session["_auth_user_id"]] == []  # fmt: skip


@pytest.mark.parametrize(
    ("role", "place", "status"),
    [
        ("administrator", "region:31.74", 302),
        ("administrator", "region:31", 422),
        ("administrator", "region:31.75", 422),
        ("assessor", "region:31.75", 422),
        ("facilitator", f"region:{VILLAGE}", 302),
        ("facilitator", f"region:{RW}", 422),
        ("official", f"region:{RW}", 302),
        ("official", "region:31.74", 422),
        ("collaborator", "region:31.74", 422),
        ("king", "region:31.74", 422),
        ("official", "site:999999999999999999999", 422),
        ("official", "", 422),
    ],
)
def test_city_appoints_within_the_city(client: Client, role: str, place: str, status: int) -> None:
    subject = an_official()
    tree("31.75")
    client.force_login(actor("city"))
    before = Assignment.objects.count()
    data = {"role": role, "place": place}
    if (role, place) == ("official", f"region:{RW}"):
        data["program"] = ""
        subject.assignments.all().delete()
        invite(name="x", phone=subject.phone, post=Post(Role.OFFICIAL, tree(RW)), by=None)
        before = 1
    response = client.post(reverse("appoint", args=[subject.pk]), data)
    assert response.status_code == status
    assert Assignment.objects.count() == before + (status == 302)


def test_appointment_keeps_what_was_typed_and_offers_places(client: Client) -> None:
    subject = an_official()
    client.force_login(actor("city"))
    address = reverse("appoint", args=[subject.pk])
    response = client.post(address, {"role": "facilitator", "q": VILLAGE, "ends": "2030-01-01", "cari": "1"})
    assert response.status_code == 200
    assert not response.context["form"].errors
    assert f'value="region:{VILLAGE}"' in response.content.decode()
    assert 'value="2030-01-01"' in response.content.decode()
    response = client.post(address, {"role": "facilitator", "q": "tidak ada di mana pun", "cari": "1"})
    assert "Tidak ada yang cocok" in response.content.decode()


def test_appointment_twice_is_refused(client: Client) -> None:
    subject = an_official()
    client.force_login(actor("city"))
    data = {"role": "facilitator", "place": f"region:{VILLAGE}"}
    address = reverse("appoint", args=[subject.pk])
    assert client.post(address, data).status_code == 302
    response = client.post(address, data)
    assert response.status_code == 422
    assert "sudah memegang" in response.content.decode()


def test_term_may_not_be_past_and_needs_a_reason(client: Client) -> None:
    assignment = an_official().assignments.get()
    client.force_login(actor("city"))
    address = reverse("change_term", args=[assignment.pk])
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    assert client.post(address, {"ends": yesterday, **REASON}).status_code == 422
    assert client.post(address, {"ends": "2030-01-01", "reason": " "}).status_code == 422
    assert client.post(address, {"ends": "bukan", **REASON}).status_code == 422
    assignment.refresh_from_db()
    assert assignment.ends is None


def test_end_needs_a_reason_and_happens_once(client: Client) -> None:
    assignment = an_official().assignments.get()
    client.force_login(actor("city"))
    address = reverse("end_assignment", args=[assignment.pk])
    assert client.post(address).status_code == 422
    assert client.post(address, REASON).status_code == 302
    assert client.post(address, REASON).status_code == 409
    assignment.refresh_from_db()
    assert (assignment.state, assignment.ends) == ("ended", clock.today())
    assert assignment.moves.get().reason == REASON["reason"]


def test_nobody_ends_their_own_last_administration(client: Client) -> None:
    me = actor("city")
    client.force_login(me)
    own = me.assignments.get()
    response = client.post(reverse("end_assignment", args=[own.pk]), REASON)
    assert response.status_code == 422
    assert "terakhir" in response.content.decode()
    soon = {"ends": clock.today().isoformat(), **REASON}
    assert client.post(reverse("change_term", args=[own.pk]), soon).status_code == 422
    other = assign(me, Role.ADMINISTRATOR, tree("31.74"), "pangan")
    assert client.post(reverse("end_assignment", args=[own.pk]), REASON).status_code == 302
    own.refresh_from_db()
    assert own.state == "ended"
    assert client.post(reverse("end_assignment", args=[other.pk]), REASON).status_code != 302


@pytest.mark.parametrize("page", ["people", "invitations", "organisations", "sites"])
def test_list_asks_as_often_for_many_rows_as_for_one(
    client: Client, page: str, django_assert_num_queries
) -> None:
    def grow(n: int) -> None:
        for i in range(n):
            user = UserFactory(email=None, phone=f"+62812345{User.objects.count():05d}")
            assign(user, Role.OFFICIAL, tree(f"31.74.01.1001.{i % 5 + 1:03d}"))
            assign(user, Role.COLLABORATOR, OrganisationFactory(region=tree("31.74")))
            assign(user, Role.OFFICIAL, SiteFactory(region=tree(RW)))
            invite(name="Ani", email=f"ani{user.pk}@contoh.test", post=Post(Role.OFFICIAL, tree(RW)), by=None)

    client.force_login(actor("city"))
    grow(1)
    client.get(reverse(page))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse(page))
    grow(29)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse(page))
    # A second page is counted and drawn, and nothing more is asked.
    assert len(many) == len(few) <= 16


def test_person_page_asks_as_often_for_much_as_for_little(client: Client) -> None:
    subject = an_official()
    client.force_login(actor("city"))
    address = reverse("person", args=[subject.pk])
    client.get(address)
    client.post(reverse("issue_code", args=[subject.pk]))
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for i in range(4, 20):
        assign(subject, Role.OFFICIAL, tree(f"31.74.01.1001.{i:03d}"))
        client.post(reverse("issue_code", args=[subject.pk]))
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)
