"""Who is told of what along a gift's way, from the pledge to the verified report; and that nothing personal is in it."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils.translation import override

from accounts import clock, photos
from accounts.errors import Refused
from accounts.models import Assignment, Notice, NoticePreference, NoticeSending, Organisation, User
from accounts.notices.actions.planning import plan
from accounts.notices.kinds import KINDS
from accounts.notices.registry import told_verbs
from accounts.notices.wording import said
from accounts.roles import Role
from donations.deliveries import actions as deliveries
from donations.handovers import actions as handovers
from donations.keeping import forget_giver
from donations.pledges import actions as pledges
from donations.pledges.actions.reminding import remind_of_expiring
from donations.pledges.models import Commitment
from donations.pledges.tasks import expire_holds
from tests.factories import (
    WHY,
    OrganisationFactory,
    aggregator,
    assessor,
    collaborator,
    make_need,
    official,
    organisation_of,
    picture,
    someone,
    tree,
)

pytestmark = pytest.mark.django_db
RW = "31.74.01.1001.003"


class Cast:
    """Everybody around one need of an RW."""

    def __init__(self) -> None:
        self.giver, self.colleague = collaborator(), None
        self.organisation = organisation_of(self.giver)
        self.colleague = someone(Role.COLLABORATOR, self.organisation)
        self.officer, self.elsewhere = assessor("31.74"), assessor("31.75")
        self.official, self.neighbour = official(tree(RW)), official(tree("31.74.01.1001.004"))
        self.helper = someone(Role.FACILITATOR, tree("31.74.01"))
        self.carrier = someone(Role.EXECUTOR, OrganisationFactory(is_executor=True, collaborator_kind=""))
        self.gone = someone(Role.ASSESSOR, tree("31.74"))
        Assignment.objects.filter(user=self.gone).update(ends=clock.today() - timedelta(days=1))

    def heard(self) -> dict[str, set[str]]:
        """What everybody heard since it was last asked: name → kinds."""
        names = {person.pk: name for name, person in vars(self).items() if isinstance(person, User)}
        found: dict[str, set[str]] = {}
        for notice in Notice.objects.all():
            found.setdefault(names[notice.person_id], set()).add(notice.kind)
        self.said = [said(notice) for notice in Notice.objects.all()]
        Notice.objects.all().delete()
        return found


@pytest.fixture
def cast() -> Cast:
    return Cast()


def both(*kinds: str) -> dict[str, set[str]]:
    """What the giver and a colleague heard."""
    return {"giver": set(kinds), "colleague": set(kinds)}


def pledge(cast: Cast, quantity: int = 100, **more) -> Commitment:
    sent = pledges.submit(
        collaborator=cast.organisation, by=cast.giver,
        promises=[pledges.Promise(quantity=quantity, need=make_need(target=100), **more)],
    )  # fmt: skip
    return sent.commitments.get()


def test_everybody_hears_of_their_part_of_a_gift(cast: Cast) -> None:
    commitment = pledge(cast)
    need = commitment.allocations.get().need
    assert cast.heard() == {
        "official": {"need.published"}, "helper": {"need.published"},
        "giver": {"commitment.received"}, "colleague": {"commitment.received"}, "officer": {"commitment.waiting"},
    }  # fmt: skip
    pledges.contact(commitment=commitment, by=cast.officer, channel="phone", note="Nomor pribadi 0812")
    assert cast.heard() == both("commitment.contacted")
    pledges.accept(commitment=commitment, by=cast.officer)
    assert cast.heard() == both("commitment.accepted")
    pledges.entrust(commitment=commitment, by=cast.officer, executor=organisation_of(cast.carrier))
    assert cast.heard() == {
        "carrier": {"commitment.carry"}, **both("commitment.carrier_named"),
    }  # fmt: skip
    allocation = commitment.allocations.get()
    delivery = deliveries.plan(
        executor=organisation_of(cast.carrier),
        quantities={allocation: 100},
        planned_on=clock.today(),
        by=cast.carrier,
    )
    givers = both("delivery.planned")
    assert cast.heard() == {"official": {"delivery.coming"}, **givers}
    deliveries.move(
        delivery=delivery, by=cast.official, planned_on=clock.today(), reason="Rumah Bu Siti 0812"
    )
    givers = both("delivery.moved_giver")
    assert cast.heard() == {"carrier": {"delivery.moved_carrier"}, **givers}
    deliveries.confirm(delivery=delivery, by=cast.official)
    assert cast.heard() == {"carrier": {"delivery.confirmed"}}
    deliveries.dispatch(delivery=delivery, by=cast.carrier)
    givers = both("delivery.dispatched")
    assert cast.heard() == {"official": {"delivery.on_the_way"}, **givers}
    report = filled(delivery, cast.official)
    report = handovers.submit(handover=report, by=cast.official)
    assert cast.heard() == {
        **both("handover.arrived"),
        "carrier": {"handover.arrived_carrier"}, "officer": {"handover.to_check"},
    }  # fmt: skip
    assert any("95 paket sembako" in one.text for one in cast.said), "what was good, not what was sent"
    handovers.send_back(handover=report, by=cast.officer, reason="Foto Pak Budi buram.")
    givers = both("handover.sent_back_giver")
    assert cast.heard() == {"official": {"handover.sent_back"}, **givers}
    line = delivery.lines.get()
    report = handovers.save(handover=report, by=cast.official, counts={line.pk: (100, 0, 0)})
    report = handovers.submit(handover=report, by=cast.official)
    cast.heard()
    handovers.verify(handover=report, by=cast.officer)
    assert cast.heard() == {
        **both("handover.verified", "commitment.fulfilled"),
        "carrier": {"handover.verified_carrier"}, "official": {"handover.verified_recipient"},
        "helper": {"need.fulfilled"},
    }  # fmt: skip
    need.refresh_from_db()
    assert need.verified == need.target


def filled(delivery, by: User):
    report = handovers.start(delivery=delivery, by=by)
    line = delivery.lines.get()
    report = handovers.save(
        handover=report, by=by, counts={line.pk: (95, 5, 0)}, explained={line.pk: WHY},
        arrived_at=clock.now(), place="Balai warga",
        receiver_name="Siti Rahasia", receiver_position="Ketua", witness_name="Budi Rahasia", witness_position="Warga",
    )  # fmt: skip
    handovers.add_photo(handover=report, by=by, photo=photos.clean(picture()))
    return report


def test_notices_hold_nothing_of_others(cast: Cast) -> None:
    """Neither names of people, nor e-mail addresses, phone numbers or reasons; in both languages all words are there."""
    commitment = pledge(cast)
    pledges.contact(
        commitment=commitment, by=cast.officer, channel="phone", note="Nomor pribadi 081234567890"
    )
    pledges.decline(commitment=commitment, by=cast.officer, reason="Karena Pak Rahasia berkata begitu.")
    pledges.restore(commitment=commitment, by=cast.officer)
    pledges.accept(commitment=commitment, by=cast.officer)
    delivery = deliveries.plan(
        executor=cast.organisation, quantities={commitment.allocations.live().get(): 100}, planned_on=clock.today(),
        by=cast.giver,
    )  # fmt: skip
    deliveries.dispatch(delivery=delivery, by=cast.giver)
    report = handovers.submit(handover=filled(delivery, cast.official), by=cast.official)
    handovers.dispute(handover=report, by=cast.officer, reason="Rahasia besar.")
    assert Notice.objects.count() > 15
    for language in ("id", "en"):
        with override(language):
            for notice in Notice.objects.all():
                one = said(notice)
                words = f"{one.title} {one.text} {one.button}"
                assert one.title
                assert "%(" not in words
                assert not re.search(r"Rahasia|Orang Contoh|@|08\d{5}", words), words


def test_expired_pledge_and_its_reminder(cast: Cast) -> None:
    commitment = pledge(cast)
    cast.heard()
    assert remind_of_expiring() == 0
    with clock.at(commitment.answer_by - timedelta(hours=11)):
        remind_of_expiring()
        assert cast.heard() == {
            **both("commitment.expiring"), "officer": {"commitment.waiting_long"},
        }  # fmt: skip
    with clock.at(commitment.answer_by - timedelta(hours=3)):
        remind_of_expiring()
        remind_of_expiring()
        assert Notice.objects.count() == 3
    with clock.at(commitment.answer_by):
        cast.heard()
        expire_holds()
    assert cast.heard() == both("commitment.expired")


def test_what_a_colleague_answered_waits_for_nobody_else(cast: Cast) -> None:
    colleague, left = assessor("31.74"), Notice.objects.filter(kind__startswith="commitment.waiting")
    first, other = pledge(cast), pledge(cast)
    with clock.at(first.answer_by - timedelta(hours=11)):
        remind_of_expiring()
        assert left.unread().filter(person=colleague).count() == 4
        pledges.accept(commitment=first, by=cast.officer)
    assert {one.label for one in left.unread().filter(person=colleague)} == {other.number}
    settled = left.filter(person=colleague, label=first.number)
    assert [said(one).is_settled for one in settled] == [True, True]
    # What was only told stays to be read, and so does what others were asked.
    assert Notice.objects.unread().filter(kind="commitment.received").exists()
    assert NoticeSending.objects.count() == 0
    plan()
    assert not NoticeSending.objects.filter(notice__in=settled).exists()


def test_two_cities_are_for_whose_area_holds_both(cast: Cast, client) -> None:
    province, item = assessor("31"), pledge(cast)
    Notice.objects.all().delete()
    with pytest.raises(Refused, match="memuat keduanya"):
        ask = pledges.ask_redirect(
            allocation=item.allocations.get(), need=make_need(code="31.75.01.1001.002"), quantity=40,
            by=cast.giver, reason="Lebih dekat.",
        )  # fmt: skip
        pledges.agree_redirect(redirect=ask, by=cast.officer)
    assert set(Notice.objects.values_list("person", "kind")) == {(province.pk, "redirect.asked")}
    for user, may in ((cast.officer, False), (province, True)):
        client.force_login(user)
        page = client.get(item.get_absolute_url()).content.decode()
        assert "yang menyetujui asesor" in page
        assert ("Setujui pengalihan" in page) is may
        assert "Tolak pengalihan" in page
        assert ("Jawab pengalihan" in client.get("/id/meja/").content.decode()) is may
    pledges.agree_redirect(redirect=ask, by=province)
    assert not Notice.objects.unread().filter(kind="redirect.asked").exists()


def test_an_erased_giver_is_named_to_nobody_any_more(cast: Cast) -> None:
    commitment = pledge(cast)
    pledges.accept(commitment=commitment, by=cast.officer)
    deliveries.plan(
        executor=cast.organisation, quantities={commitment.allocations.live().get(): 100}, planned_on=clock.today(),
        by=cast.giver,
    )  # fmt: skip
    name = cast.organisation.name
    told = Notice.objects.filter(kind="delivery.coming", params__executor=name)
    assert told.exists()
    Organisation.objects.filter(pk=cast.organisation.pk).update(name="Perorangan yang menghapus akunnya")
    forget_giver(cast.giver, [cast.organisation])
    assert not any(name in f"{one.params} {one.label}" for one in Notice.objects.all())
    assert "dari Perorangan yang menghapus akunnya" in said(Notice.objects.get(kind="delivery.coming")).text


def test_cancelled_by_whom_decides_who_hears(cast: Cast) -> None:
    first, second = pledge(cast), pledge(cast)
    cast.heard()
    pledges.reduce(commitment=first, by=cast.giver, quantity=10, reason="Kurang stok.")
    assert cast.heard() == {"officer": {"commitment.lessened"}}
    pledges.cancel(commitment=first, by=cast.giver, reason="Batal.")
    assert cast.heard() == {"officer": {"commitment.withdrawn"}}
    pledges.cancel(commitment=second, by=cast.officer, reason="Ganda.")
    assert cast.heard() == both("commitment.cancelled")


def test_aggregator_hears_of_what_goes_through_it(cast: Cast) -> None:
    through = aggregator()
    collector = someone(Role.AGGREGATOR, through)
    cast.collector = collector
    commitment = pledge(cast, route="aggregator", aggregator=through)
    assert cast.heard()["collector"] == {"commitment.collecting"}
    pledges.accept(commitment=commitment, by=cast.officer)
    assert cast.heard()["collector"] == {"commitment.collect"}
    pledges.fund(commitment=commitment, by=collector, amount=5_000_000)
    pledges.convert(commitment=commitment, by=collector, quantity=10, unit_price=200_000)
    assert cast.heard() == both("commitment.funded", "commitment.converted")
    assert "Rp5.000.000" in " ".join(one.text for one in cast.said)


def test_every_verb_that_is_told_names_kinds_that_are_there() -> None:
    told = {f"{model.__name__}.{verb}" for model, verb in told_verbs()}
    assert {"Commitment.submit", "Delivery.dispatch", "Handover.verify", "Need.publish", "Proposal.publish",
            "Comment.post", "Answer.accept"} <= told  # fmt: skip
    for kind in KINDS.values():
        for words in (kind.title, kind.text, kind.button):
            assert "%" not in str(words).replace("%(", ""), kind.name


def test_officers_see_the_number_that_a_giver_left_and_nobody_else_does(cast: Cast, client) -> None:
    NoticePreference.objects.create(person=cast.giver, contact_phone="+6281234567890")
    NoticePreference.objects.create(person=cast.colleague)
    commitment = pledge(cast)
    page = reverse("commitment", args=[commitment.pk])
    client.force_login(cast.officer)
    shown = client.get(page).content.decode()
    assert 'href="tel:+6281234567890"' in shown
    words = f"Halo, saya asesor KSBB. Ini tentang ikrar {commitment.number}."
    assert f"https://wa.me/6281234567890?text={quote(words, safe='')}" in shown
    assert cast.colleague.name not in shown
    client.force_login(cast.colleague)
    assert "wa.me" not in client.get(page).content.decode()
    client.force_login(cast.elsewhere)
    assert client.get(page).status_code == 404
    Assignment.objects.filter(user=cast.giver).update(ends=clock.today() - timedelta(days=1))
    client.force_login(cast.officer)
    assert "wa.me" not in client.get(page).content.decode(), "who has left is nobody to call"
