"""Every verb and every page × role × in and out of the area × named or not."""

from itertools import product

import pytest
from django.urls import reverse

from accounts.errors import NotAllowed, NotNow, OutOfReach
from accounts.roles import Role
from donations.misconduct import actions
from donations.misconduct.actions.handling import handling
from donations.misconduct.models import Case, CaseParty
from donations.misconduct.states import CaseState
from tests.donations.misconduct.making import RW, inspector, make_case
from tests.factories import OrganisationFactory, someone, tree

pytestmark = pytest.mark.django_db

BY_INSPECTORS = {
    "acknowledge",
    "coordinate",
    "resolve",
    "reject",
    "forward",
    "reopen",
    "reply",
    "note",
    "enclose",
}
BY_PLATFORM = {"receive", "escalate", "contest", "write", "attach", "empty"}


class Allowed(Exception):
    """The verb's block was reached."""


def outcome(case: Case, verb: str, by) -> type[Exception]:
    try:
        with handling(case, verb, by, "Alasan contoh."):
            raise Allowed
    except (Allowed, NotAllowed, NotNow, OutOfReach) as result:
        return type(result)


def people(inside: bool):
    """One of each role, in the area of the case or beside it."""
    area = "31.74" if inside else "31.75"
    for role in Role:
        if role in (Role.COLLABORATOR, Role.AGGREGATOR, Role.EXECUTOR):
            yield role, someone(role, OrganisationFactory())
        else:
            yield role, someone(role, tree(RW if role == Role.OFFICIAL else area))


def test_verbs_by_state_role_area_and_whether_one_is_concerned():
    inspector("31.74")
    cases = {state: make_case(state.value) for state in CaseState}
    verbs = set(Case.VERBS)
    assert verbs == BY_INSPECTORS | BY_PLATFORM
    compared = 0
    for inside, named in product((True, False), (False, True)):
        for role, user in people(inside):
            if named:
                CaseParty.objects.bulk_create(
                    [CaseParty(case=case, user=user, why="named") for case in cases.values()]
                )
            for (state, case), verb in product(cases.items(), sorted(verbs - {"receive"})):
                expected: type[Exception] = OutOfReach
                if role == Role.INSPECTOR and inside and not named:
                    if verb in BY_PLATFORM:
                        expected = NotAllowed
                    else:
                        expected = Allowed if state in Case.VERBS[verb].sources else NotNow
                assert outcome(case, verb, user) is expected, (role, inside, named, state, verb)
                compared += 1
    assert compared > 2000


def test_pages_by_role_area_and_whether_one_is_concerned(client):
    inspector("31.74")
    case = make_case()
    actions.attach(case=case, files=[("photo", b"gambar")])
    row = case.evidence.get()
    pages = [
        reverse("misconduct_case", args=[case.number]),
        reverse("misconduct_evidence", args=[case.number, row.pk]),
        *(reverse("misconduct_verb", args=[case.number, verb]) for verb in ("acknowledge", "forward")),
    ]
    own = reverse("misconduct_own", args=[case.number])
    for inside, named in product((True, False), (False, True)):
        for role, user in people(inside):
            if named:
                CaseParty.objects.create(case=case, user=user, why="named")
            client.force_login(user)
            expected = 200 if role == Role.INSPECTOR and inside and not named else 404
            for page in pages:
                assert client.get(page).status_code == expected, (role, inside, named, page)
            for page in (pages[0], pages[2]):
                if expected == 404:
                    assert client.post(page, {"untuk": "reply", "text": "x"}).status_code == 404
            assert client.get(own).status_code == 404
            listed = client.get(reverse("misconduct_cases"))
            assert listed.status_code == (200 if role == Role.INSPECTOR else 403)
            assert (case.number.encode() in listed.content) is (expected == 200)
            assert client.get(reverse("misconduct_log")).status_code == (
                200 if role == Role.OVERSEER else 403
            )


def test_a_verb_that_no_page_has_is_404(client):
    client.force_login(inspector("31.74"))
    case = make_case()
    for verb in (*sorted(BY_PLATFORM), "reply", "nothing"):
        assert client.get(reverse("misconduct_verb", args=[case.number, verb])).status_code == 404
