"""Search, similar ones, counts by state, and what waits for whom."""

import pytest

from programs.proposals import actions
from programs.proposals.models import Proposal
from programs.proposals.queries import counts_by_answer, found, needs_to_link, queue, similar, waiting
from programs.proposals.rules import Rule
from tests.factories import ProgramFactory, UserFactory, assessor, make_need
from tests.programs.proposals.making import make_comment, make_proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def forum() -> dict[str, Proposal]:
    titles = {
        "sepeda": "Pelatihan reparasi sepeda untuk remaja putus sekolah",
        "motor": "Kursus memperbaiki motor untuk pemuda",
        "gizi": "Paket gizi untuk ibu hamil dan balita",
        "lele": "Kebun atap dan kolam lele di rusun",
        "baca": "Perpustakaan keliling untuk anak-anak",
    }
    return {name: make_proposal(title=title, body=f"Usulan tentang {title.lower()}, dikerjakan bersama warga.")
            for name, title in titles.items()}  # fmt: skip


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Melatih remaja mereparasi sepeda", "sepeda"),  # other forms of the same words
        ("bengkel sepeda utk remaja putus sekolah", "sepeda"),
        ("Pelatihan perbaikan motor bagi pemuda", "motor"),
        ("Tambahan gizi balita", "gizi"),
        ("Budidaya lele di atap rusun", "lele"),
        ("perpustakan keliling anak", "baca"),
    ],
)
def test_similar_ones_are_found_by_other_forms_of_their_words(forum, written: str, expected: str) -> None:
    assert similar(written)[0] == forum[expected]


@pytest.mark.parametrize("written", ["", "!!", "yang di dan", "Teleskop bintang di Monas", "2026"])
def test_nothing_is_similar_to_what_says_nothing_of_it(forum, written: str) -> None:
    assert similar(written) == []


def test_similar_ones_are_public_and_others(forum) -> None:
    title = forum["sepeda"].title
    assert forum["sepeda"] not in similar(title, besides=forum["sepeda"].pk)
    for state in ("submitted", "hidden", "withdrawn"):
        make_proposal(state, title="Layang-layang untuk kampung")
    assert similar("Layang-layang untuk kampung") == []


@pytest.mark.parametrize(
    "text", ["sepeda & | ! ()", "sepeda:*", "'; DROP TABLE", "\\", "<->", "sepeda' OR 1=1"]
)
def test_no_search_text_breaks_the_query(forum, text: str) -> None:
    list(found(Proposal.objects.public(), text))
    similar(text)


def test_search_wants_every_word(forum) -> None:
    assert list(found(Proposal.objects.public(), "sepeda remaja")) == [forum["sepeda"]]
    assert not found(Proposal.objects.public(), "sepeda lele")
    assert found(Proposal.objects.public(), "").count() == 5


def test_counts_by_answer_add_up(forum) -> None:
    officer = assessor("31.74")
    for name, verb in (("sepeda", "study"), ("motor", "study"), ("gizi", "decline")):
        actions.answer(proposal=forum[name], verb=verb, by=officer, text="Jawaban kami.")
    make_proposal("hidden")
    assert counts_by_answer(Proposal.objects.public()) == {
        "": 5, "terbuka": 2, "dikaji": 2, "diterima": 0, "dirujuk": 0, "ditolak": 1, "terlaksana": 0,
    }  # fmt: skip


def test_queue_holds_what_waits_in_ones_own_area_and_program() -> None:
    here, elsewhere = assessor("31.74"), assessor("31.75")
    of_program = assessor("31.74", program="pangan")
    program = ProgramFactory()
    new = make_proposal("submitted", program=program)
    make_proposal("submitted")
    reported, quiet = make_proposal(), make_proposal()
    actions.report_abuse(thing=make_comment(proposal=reported), by=UserFactory(), rule=Rule.RESPECT)
    appealed = make_proposal("hidden")
    actions.appeal(thing=appealed, by=appealed.user, text="Mengapa?")
    kinds = {name: set(rows) for name, rows in queue(here).items()}
    assert len(kinds["baru"]) == 2
    assert kinds["dilaporkan"] == {reported}
    assert kinds["keberatan"] == {appealed}
    assert kinds["jawab"] == {reported, quiet}
    assert waiting(here) == 4
    assert waiting(elsewhere) == 0
    assert set(queue(of_program)["semua"]) == {new}


def test_hidden_comment_with_an_appeal_brings_its_proposal_into_the_queue() -> None:
    comment = make_comment("hidden")
    actions.appeal(thing=comment, by=comment.user, text="Mengapa?")
    assert set(queue(assessor("31.74"))["keberatan"]) == {comment.proposal}


def test_needs_to_link_are_public_own_and_not_linked_yet() -> None:
    officer, proposal, need = assessor("31.74"), make_proposal(), make_need()
    make_need("draft", code="31.74.01.1001.004")
    make_need(code="31.75.01.1001.004")
    assert list(needs_to_link(officer, proposal)) == [need]
    actions.link(proposal=proposal, need=need, by=officer)
    assert not needs_to_link(officer, proposal)
