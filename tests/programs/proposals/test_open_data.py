"""Proposals as open data say what the pages say."""

import csv
import io

import pytest

from programs.proposals import actions
from programs.proposals.models import Proposal
from tests.factories import ProgramFactory, UserFactory, make_need
from tests.programs.proposals.making import make_comment, make_proposal

pytestmark = pytest.mark.django_db


def rows(client, query: str = "") -> list[dict[str, str]]:
    response = client.get(f"/data/proposals.csv{query}")
    assert response.status_code == 200
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines(keepends=True)
    found = list(csv.DictReader(io.StringIO("".join(lines))))
    return [row for row in found if not row["number"].startswith("#")]


def test_file_holds_what_is_public_with_its_numbers(client) -> None:
    for state in ("submitted", "hidden", "withdrawn"):
        make_proposal(state)
    first = make_proposal(program=ProgramFactory())
    second = make_proposal("closed", code="31.75")
    actions.support(proposal=first, by=UserFactory())
    make_comment(proposal=first)
    actions.link(proposal=first, need=make_need(), by=None)
    actions.answer(proposal=first, verb="study", by=None, text="Kami mengkajinya.")
    told = {row["number"]: row for row in rows(client)}
    assert set(told) == {first.number, second.number}
    row = told[first.number]
    assert [row[name] for name in ("program", "state", "answer", "supports", "comments", "needs")] == [
        "pangan", "published", "studied", "1", "1", "1",
    ]  # fmt: skip
    assert row["url"].endswith(first.get_absolute_url())
    assert (told[second.number]["state"], told[second.number]["answer"]) == ("closed", "")


def test_filters_narrow_the_file(client) -> None:
    first, second = make_proposal(), make_proposal(code="31.75")
    actions.answer(proposal=first, verb="decline", by=None, text="Tidak dapat dikerjakan.")
    assert [row["number"] for row in rows(client, "?within=31.75")] == [second.number]
    assert [row["number"] for row in rows(client, "?answer=declined")] == [first.number]
    assert [row["number"] for row in rows(client, "?answered=false")] == [second.number]


def test_file_tells_nothing_of_authors(client) -> None:
    make_proposal(by=UserFactory(name="Nama Akun Rahasia"), display_name="Nama Pilihan")
    text = str(rows(client))
    assert Proposal.objects.count() == 1
    assert "Rahasia" not in text
    assert "Pilihan" not in text
