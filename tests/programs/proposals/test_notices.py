"""What authors and moderators hear of, and that nothing of anybody's words is kept in a notice."""

import json

import pytest

from accounts.models import Notice, User
from accounts.notices.wording import said
from programs.proposals import actions
from programs.proposals.rules import Rule
from tests.factories import UserFactory, assessor
from tests.programs.proposals.making import BODY, make_comment, make_proposal

pytestmark = pytest.mark.django_db


def heard(person: User) -> list[str]:
    """What somebody heard since they were last asked, in order."""
    kinds = list(person.notices.order_by("pk").values_list("kind", flat=True))
    person.notices.all().delete()
    return kinds


def test_author_and_moderator_hear_of_a_proposal() -> None:
    author, moderator, elsewhere = UserFactory(), assessor("31.74"), assessor("31.75")
    proposal = make_proposal("submitted", by=author)
    assert (heard(author), heard(moderator)) == ([], ["proposal.to_moderate"])
    actions.publish(proposal=proposal, by=moderator)
    actions.hide(thing=proposal, by=moderator, rule=Rule.RESPECT, reason="Menyebut Pak Rahasia.")
    assert heard(author) == ["proposal.published", "proposal.hidden"]
    actions.appeal(thing=proposal, by=author, text="Itu nama jalan.")
    assert heard(moderator) == ["proposal.to_decide"]
    actions.restore(thing=proposal, by=assessor("31.74"), reason="Benar.")
    actions.answer(proposal=proposal, verb="accept", by=moderator, text="Kami setuju.")
    actions.close(proposal=proposal, by=moderator, reason="Sudah jalan.")
    assert "dijawab: Usulan diterima" in said(author.notices.get(kind="proposal.answered")).title
    assert heard(author) == ["proposal.restored", "proposal.answered", "proposal.closed"]
    assert heard(elsewhere) == []


def test_second_proposal_of_a_trusted_author_waits_for_no_moderator() -> None:
    author, moderator = UserFactory(), assessor("31.74")
    make_proposal("published", by=author)
    heard(moderator)
    make_proposal("submitted", by=author, title="Taman baca di pos RW")
    assert heard(moderator) == []
    assert heard(author)[-1] == "proposal.published"


def test_author_hears_of_comments_of_others_and_writers_of_what_became_of_theirs() -> None:
    author, writer = UserFactory(), UserFactory()
    proposal = make_proposal(by=author)
    heard(author)
    make_comment(proposal=proposal, by=author)
    assert heard(author) == []
    comment = make_comment(proposal=proposal, by=writer)
    notice = author.notices.get()
    assert notice.path == f"/usulan/{proposal.pk}/?tanggapan={comment.pk}#tanggapan-{comment.pk}"
    assert heard(author) == ["proposal.commented"]
    actions.hide(thing=comment, by=None, rule=Rule.RESPECT, reason="Menghina.")
    assert heard(writer) == ["comment.hidden"]


def test_notices_keep_no_words_of_citizens() -> None:
    author = UserFactory()
    assessor("31.74")
    proposal = make_proposal("hidden", by=author)
    make_comment(proposal=make_proposal(by=author, title="Taman baca di pos RW"))
    kept = json.dumps(list(Notice.objects.values("label", "params", "path")))
    assert len(kept) > 100
    for words in (proposal.title, "Taman baca", BODY[:20], "Setuju", "Warga Tebet", "Merendahkan"):
        assert words not in kept
