"""A report passes everybody whom it concerns, and their superiors in that area."""

import pytest
from django.apps import apps

from accounts import clock, personal
from accounts.actions.appointments import Post as PostAt
from accounts.actions.appointments import appoint
from accounts.errors import OutOfReach, Refused
from accounts.notices.models import Notice
from accounts.roles import Role
from donations.handovers import actions as handovers
from donations.keeping import forget_giver
from donations.misconduct import actions
from donations.misconduct.models import Case
from tests.donations.misconduct.making import RW, inspector, make_case
from tests.factories import (
    OrganisationFactory,
    assessor,
    assign,
    collaborator,
    make_delivery,
    make_handover,
    make_need,
    official,
    someone,
    tree,
)

pytestmark = pytest.mark.django_db


def sees(user, case) -> bool:
    user.__dict__.pop("_scope", None)
    return Case.objects.visible_to(user).filter(pk=case.pk).exists()


def test_city_handles_what_concerns_none_of_its_officers():
    city, other, province = inspector("31.74"), inspector("31.75"), inspector("31")
    case = make_case(posts=["unknown"])
    assert (case.office_id, case.beyond_city) == ("31.74", False)
    assert [sees(user, case) for user in (city, other, province)] == [True, False, True]


@pytest.mark.parametrize(
    "post", ["rw", "institution", "village", "district", "city", "inspector", "province"]
)
def test_public_post_leads_to_the_province_even_where_nobody_holds_it(post):
    city, province = inspector("31.74"), inspector("31")
    case = make_case(posts=[post])
    assert (case.office_id, case.beyond_city) == ("31", True)
    assert not sees(city, case)
    assert sees(province, case)


@pytest.mark.parametrize(
    ("post", "role", "place"),
    [
        ("rw", Role.OFFICIAL, RW), ("village", Role.FACILITATOR, RW[:13]), ("district", Role.FACILITATOR, RW[:8]),
        ("city", Role.ASSESSOR, "31.74"), ("city", Role.ADMINISTRATOR, "31.74"), ("inspector", Role.INSPECTOR, "31.74"),
        ("province", Role.ASSESSOR, "31"), ("inspectorate", Role.INSPECTOR, "31"),
    ],
)  # fmt: skip
def test_who_holds_a_named_post_never_sees_the_case_also_as_an_inspector(post, role, place):
    free, holder = inspector("31"), someone(role, tree(place))
    if role != Role.INSPECTOR or place != "31":
        assign(holder, Role.INSPECTOR, tree("31"))
    case = make_case(posts=[post])
    assert not sees(holder, case)
    assert case.parties.filter(user=holder, why="named").exists()
    assert sees(free, case) is (post != "inspectorate")


def test_who_has_the_same_post_elsewhere_is_not_concerned():
    elsewhere = someone(Role.OFFICIAL, tree("31.74.01.1001.004"))
    assign(elsewhere, Role.INSPECTOR, tree("31"))
    assert sees(elsewhere, make_case(posts=["rw"]))


def test_superiors_in_the_area_do_not_see_what_concerns_their_officers():
    superior = inspector("31")
    assign(superior, Role.ASSESSOR, tree("31.74"))
    assert not sees(superior, make_case(posts=["rw"]))
    assert sees(superior, make_case(posts=["unknown"]))


@pytest.mark.parametrize("thing", ["need", "delivery", "handover"])
def test_everybody_who_acted_on_the_thing_is_passed(thing):
    """Who assessed, gave, delivered, reported and verified; each is an inspector of the province as well."""
    officer, verifier, reporter = assessor(), assessor(), official(tree(RW))
    need = make_need()
    need.moves.model.objects.create(subject=need, verb="revise", to_state=need.state, actor=officer)
    giver = OrganisationFactory()
    member = collaborator(giver)
    from tests.factories import make_commitment

    delivery = make_delivery(
        "dispatched", commitment=make_commitment("accepted", need=need, collaborator=giver)
    )
    handover = make_handover("submitted", delivery=delivery, by=reporter)
    handovers.verify(handover=handover, by=verifier)
    people = [officer, verifier, reporter, member]
    for user in people:
        user.assignments.update(state="ended", ends=clock.today())  # long gone; what they did stays
        assign(user, Role.INSPECTOR, tree("31"))
    free, city = inspector("31"), inspector("31.74")
    case = make_case(thing={"need": need, "delivery": delivery, "handover": handover}[thing])
    assert [sees(user, case) for user in people] == [False] * 4
    assert sees(free, case)
    assert not sees(city, case)
    assert case.office_id == "31"


@pytest.mark.parametrize(
    ("name", "told", "is_named"),
    [
        ("Dewi Lestari", {"text": "Yang meminta uang: ibu DEWI  Lestari, setiap Jumat."}, True),
        ("Hj. Dewi Lestari, S.Sos.", {"who": "Dewi Lestari"}, True),
        ("Sutrisno", {"who": "Pak Sutrisno, berkumis"}, True),
        ("Sutrisno", {"text": "Kata Sutrisno bantuannya sudah habis."}, False),
        ("Dewi Lestari", {"text": "Ibu Dewi Lestariani menahan berasnya."}, False),
    ],
)
def test_officer_who_is_named_in_words_never_sees_the_case(name, told, is_named):
    holder, free = inspector("31.74"), inspector("31.74")
    type(holder).objects.filter(pk=holder.pk).update(name=name)
    case = make_case(**told)
    assert (case.office_id, case.beyond_city) == (("31", True) if is_named else ("31.74", False))
    assert sees(holder, case) is not is_named
    assert sees(free, case) is not is_named  # the same office: it would judge its own


def test_who_is_named_in_a_later_message_is_passed_before_it_can_be_read():
    holder, province = inspector("31.74"), inspector("31")
    type(holder).objects.filter(pk=holder.pk).update(name="Dewi Lestari")
    case = make_case()
    assert sees(holder, case)
    before = holder.notices.count()
    actions.write(case=case, text="Yang meminta ternyata Dewi Lestari.")
    assert not sees(holder, case)
    assert sees(province, case)
    assert holder.notices.count() == before


def test_inspectors_organisation_that_the_story_names_is_passed():
    member = inspector("31.74")
    assign(member, Role.EXECUTOR, OrganisationFactory(name="Yayasan Pungutan"))
    assert not sees(member, make_case(text="Yayasan Pungutan menjual berasnya di pasar."))
    assert sees(member, make_case())


def test_organisation_that_is_named_is_passed_also_who_joins_later():
    body = OrganisationFactory(name="Yayasan Pungutan")
    member = inspector("31.74")
    case = make_case(organisation=body)
    assert sees(member, case)
    assign(member, Role.EXECUTOR, body)
    assert not sees(member, case)


def test_reporter_does_not_judge_their_own_report():
    user = inspector("31.74")
    other = inspector("31.74")
    case = make_case(reporter=user)
    assert not sees(user, case)
    assert sees(other, case)


def test_city_without_an_inspector_who_may_look_leads_to_the_province():
    inspector("31")
    assert make_case().office_id == "31"
    only = inspector("31.74")
    assert make_case(reporter=only).office_id == "31"
    assert make_case().office_id == "31.74"


def test_administrators_assessors_and_everybody_else_see_nothing():
    case = make_case()
    for role, place in ((Role.ADMINISTRATOR, "31"), (Role.ASSESSOR, "31"), (Role.FACILITATOR, "31.74"),
                        (Role.OVERSEER, "31"), (Role.OFFICIAL, RW)):  # fmt: skip
        user = someone(role, tree(place))
        assert not sees(user, case), role
        with pytest.raises(OutOfReach):
            actions.acknowledge(case=case, by=user)


def test_who_acts_on_the_thing_later_is_passed_from_then_on():
    handover = make_handover("submitted")
    later = assessor()
    assign(later, Role.INSPECTOR, tree("31.74"))
    case = make_case(thing=handover)
    assert case.office_id == "31.74"
    assert sees(later, case)
    handovers.verify(handover=handover, by=later)
    actions.watch()
    case.refresh_from_db()
    assert (case.office_id, case.beyond_city) == ("31", True)
    assert not sees(later, case)
    events = apps.get_model("donations", "CaseEvent").objects.all()
    assert events.exists()
    assert not events.filter(pgh_context=None).exists()


def test_forwarding_never_leads_to_an_office_that_is_concerned():
    inspector("31.74")
    province = inspector("31")
    case = make_case(posts=["rw"])
    assert actions.offices_for(case) == []
    with pytest.raises(Refused):
        actions.forward(case=case, by=province, reason="x", office=tree("31.74"))
    free = make_case()
    assert [office.code for office in actions.offices_for(free)] == ["31"]
    case = actions.forward(case=free, by=province, reason="Lebih dekat ke provinsi.", office=tree("31"))
    assert (case.state, case.office_id) == ("received", "31")
    assert [office.code for office in actions.offices_for(case)] == ["31.74"]


def test_only_the_province_appoints_inspectors_and_nobody_themselves():
    province, city = someone(Role.ADMINISTRATOR, tree("31")), someone(Role.ADMINISTRATOR, tree("31.74"))
    user = collaborator()
    for by, whom in ((city, user), (province, province)):
        with pytest.raises(Refused):
            appoint(user=whom, post=PostAt(Role.INSPECTOR, tree("31.74")), by=by)
    assert appoint(user=user, post=PostAt(Role.INSPECTOR, tree("31.74")), by=province).role == "inspector"


def test_notices_go_to_those_who_may_look_and_say_nothing():
    free, concerned = inspector("31"), inspector("31")
    assign(concerned, Role.OFFICIAL, tree(RW))
    named = collaborator()
    case = make_case(posts=["rw"], reporter=named)
    told = Notice.objects.get()
    assert told.person == free
    assert case.get_kind_display() not in f"{told.kind}{told.label}{told.params}"
    actions.reply(case=case, by=free, text="Rahasia.")
    answer = Notice.objects.get(person=named)
    assert answer.path == f"/lapor/saya/{case.number}/"
    assert "Rahasia" not in f"{answer.label}{answer.params}"
    actions.reply(case=make_case(posts=["rw"]), by=free, text="Untuk yang tanpa nama.")
    assert Notice.objects.filter(person=named).count() == 1


def test_own_copy_of_ones_data_tells_nobody_that_a_case_concerns_them():
    holder, named = official(tree(RW)), collaborator()
    case = make_case(posts=["rw"], reporter=named)
    assert case.parties.filter(user=holder).exists()
    assert not [table for table in personal.tables_of(holder) if "case" in table]
    assert "donations.case.reporter" in personal.tables_of(named)
    forget_giver(named, [])
    case.refresh_from_db()
    assert case.reporter is None
