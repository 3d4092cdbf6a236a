"""Who is told of a verb, once, and in the transaction of the verb."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils.translation import override

from accounts import clock
from accounts.actions import Performance
from accounts.models import Assignment, Notice
from accounts.notices import registry
from accounts.notices.actions import none_before, tell, tell_of, telling
from accounts.notices.audiences import facilitators, members, officers, officials, person
from accounts.notices.kinds import KINDS, Group, Kind
from accounts.notices.registry import News, tells
from accounts.notices.values import both, day, rupiah, worded
from accounts.notices.wording import said
from accounts.roles import Permission, Role
from ksbb.celery import app
from ksbb.schedule import SCHEDULE
from programs.actions import close
from programs.models import Need
from tests.factories import (
    OrganisationFactory,
    UserFactory,
    assessor,
    assign,
    collaborator,
    make_need,
    official,
    someone,
    tree,
)

pytestmark = pytest.mark.django_db
RW = "31.74.01.1001.003"


@pytest.fixture
def kind(monkeypatch) -> Iterator[Kind]:
    """A kind of this test's own, and no other tellers."""
    monkeypatch.setattr(registry, "_tellers", {})
    made = Kind("test.closed", Group.WORK, title="%(number)s ditutup", text="Pada %(on)s.")
    yield made
    KINDS.pop(made.name, None)


def told(obj: object) -> set[int]:
    return set(Notice.objects.filter(label=obj.number).values_list("person", flat=True))


def test_notice_belongs_to_the_journal_row_and_is_there_once(kind: Kind) -> None:
    need, officer = make_need(), assessor()

    @tells(Need, "close")
    def closed(act):
        yield News(
            kind, officers(Permission.NEED_PUBLISH, act.subject), act.subject, {"number": act.subject.number}
        )
        yield News(kind, person(officer.pk), act.subject, {"number": "another"})

    close(need=need, by=None, reason="Selesai.")
    notice = Notice.objects.get()
    assert (notice.person, notice.label, notice.path) == (officer, need.number, f"/kebutuhan/{need.pk}/")
    assert notice.key == f"needmove:{need.moves.latest('pk').pk}"
    assert notice.params == {"number": need.number}


def test_refused_verb_tells_nobody(kind: Kind) -> None:
    need, officer = make_need(), assessor()

    @tells(Need, "close")
    def closed(act):
        yield News(kind, person(officer.pk), act.subject)

    with pytest.raises(RuntimeError), transaction.atomic():
        close(need=need, by=None, reason="Selesai.")
        raise RuntimeError
    assert not Notice.objects.exists()


def test_verb_without_a_teller_asks_nothing(kind: Kind, django_assert_num_queries) -> None:
    need = make_need()
    act = Performance(need, Need.VERBS["close"], None, None, moves=[need.moves.latest("pk")])
    with django_assert_num_queries(0):
        tell_of(act)


def test_who_did_it_is_told_only_by_a_receipt(kind: Kind) -> None:
    need, officer = make_need(), assessor()

    @tells(Need, "close")
    def closed(act):
        yield News(kind, person(officer.pk), act.subject, {"number": act.subject.number})

    close(need=need, by=officer, reason="Selesai.")
    assert not Notice.objects.exists()


def test_unknown_verb_cannot_be_told(kind: Kind) -> None:
    with pytest.raises(ValueError, match="explode"):
        tells(Need, "explode")


def test_two_kinds_of_one_name_are_refused(kind: Kind) -> None:
    with pytest.raises(ValueError, match="two kinds"):
        Kind(kind.name, Group.FORUM, title="Lain")


def test_audiences_hold_whose_assignment_is_in_force(kind: Kind) -> None:
    need = make_need()
    giver = collaborator()
    organisation = giver.assignments.get().organisation
    near, province = assessor("31.74"), assessor("31")
    other_program = assessor("31.74", program="pendidikan")
    elsewhere, helper, receiver = (
        assessor("31.75"),
        someone(Role.FACILITATOR, tree("31.74.01")),
        official(tree(RW)),
    )
    stranger, gone, left = official(tree("31.74.01.1001.004")), assessor("31.74"), official(tree(RW))
    Assignment.objects.filter(user=gone).update(ends=clock.today() - timedelta(days=1))
    not_yet, ended = assessor("31.74"), official(tree(RW))
    Assignment.objects.filter(user=not_yet).update(starts=clock.today() + timedelta(days=1))
    Assignment.objects.filter(user=ended).update(state="ended")
    left.is_active = False
    left.save()
    parts = {
        "officers": officers(Permission.NEED_PUBLISH, need),
        "all": officers(Permission.NEED_PUBLISH, need, nearest=False),
        "facilitators": facilitators(need),
        "officials": officials(need),
        "none of them": officials(need, only=[stranger.pk, None]),
        "members": members(organisation.pk, Role.COLLABORATOR),
        "nobody": members(None),
        "two": officials(need) | members(organisation.pk),
    }
    found = {}
    for name, audience in parts.items():
        tell(News(kind, audience, need, {"number": name}), key=name)
        found[name] = set(Notice.objects.filter(key=name).values_list("person", flat=True))
    assert found == {
        "officers": {near.pk}, "all": {near.pk, province.pk}, "facilitators": {helper.pk},
        "officials": {receiver.pk}, "none of them": set(), "members": {giver.pk}, "nobody": set(),
        "two": {receiver.pk, giver.pk},
    }  # fmt: skip
    assert other_program.pk not in told(need)
    assert elsewhere.pk not in told(need)


def test_province_is_told_where_the_city_has_nobody(kind: Kind) -> None:
    need, province = make_need(), assessor("31")
    tell(News(kind, officers(Permission.NEED_PUBLISH, need), need), key="x")
    assert told(need) == {province.pk}


def test_each_news_asks_for_assignments_once(kind: Kind, django_assert_num_queries) -> None:
    need = make_need()
    for _number in range(3):
        assign(UserFactory(), Role.ASSESSOR, tree("31.74"))
        assign(UserFactory(), Role.OFFICIAL, tree(RW))
    other = OrganisationFactory()
    assign(UserFactory(), Role.COLLABORATOR, other)
    with django_assert_num_queries(2):
        tell(
            News(kind, officers(Permission.NEED_PUBLISH, need), need),
            News(kind, officials(need) | members(other.pk), need),
            key="y",
        )
    assert len(told(need)) == 7


def test_reminder_is_told_once_for_its_key(kind: Kind) -> None:
    need, officer = make_need(), assessor()
    for _time in range(2):
        tell(News(kind, person(officer.pk), need), key="reminder:1")
    assert Notice.objects.count() == 1


def test_history_tells_nobody(kind: Kind) -> None:
    need, officer = make_need(), assessor()
    with none_before(clock.now()):
        with clock.at(clock.now() - timedelta(days=2)):
            tell(News(kind, person(officer.pk), need), key="old")
        tell(News(kind, person(officer.pk), need), key="new")
    assert Notice.objects.get().key == "new"


def test_words_are_the_readers(kind: Kind) -> None:
    need, officer = make_need(), assessor()
    aid = need.aid_type
    tell(
        News(kind, person(officer.pk), need, {"number": both(lambda: aid.title), "on": day(clock.today())}),
        key="z",
    )
    notice = Notice.objects.get()
    assert said(notice).title == "Paket sembako ditutup"
    with override("en"):
        assert said(notice).title == "Staple-food package ditutup"
    with override("en"):
        assert worded({"n": 1500, "money": rupiah(20_000)}) == {"n": "1,500", "money": "Rp20,000"}


def test_notice_of_a_kind_that_is_no_more_keeps_its_label(kind: Kind) -> None:
    need, officer = make_need(), assessor()
    tell(News(kind, person(officer.pk), need), key="z")
    del KINDS[kind.name]
    assert said(Notice.objects.get()).title == need.number


def test_worker_is_asked_at_once_for_what_is_urgent_only(
    kind: Kind, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(telling, "_listeners", [lambda: asked.append("now")])
    need, officer = make_need(), assessor()
    urgent = Kind("test.urgent", Group.WORK, title="Segera", urgent=True)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            tell(News(kind, person(officer.pk), need), key="slow")
        assert asked == []
        with django_capture_on_commit_callbacks(execute=True):
            tell(News(urgent, person(officer.pk), need), key="fast")
        assert asked == ["now"]
    finally:
        KINDS.pop(urgent.name)


def test_clock_sweeps_what_nobody_was_asked_for() -> None:
    """With the broker away no message reaches a worker; what beat starts looks at the rows themselves."""
    app.loader.import_default_modules()
    assert {SCHEDULE[name]["task"] for name in ("send-notices", "remind-expiring", "forget-notices")} <= set(
        app.tasks
    )
