"""The demo data, loaded once: known answers, believable sizes, and the people of every role."""

import csv
import io
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.actions.sign_in_codes import may_issue
from accounts.models import Organisation, User
from accounts.queries import reach
from donations.confirmations.models import Confirmation, Contradiction
from donations.demo.load import reference
from donations.demo.margins import CITY, FORM, KIND, RECIPIENT, Cut, gifts
from donations.demo.pictures import draw_scene
from donations.ledger import faults
from donations.misconduct.states import CaseState
from donations.models import (
    Case,
    Commitment,
    CommitmentMove,
    Delivery,
    DeliveryMove,
    Handover,
    OutsideFigure,
    Pledge,
    StatisticRow,
    Story,
)
from donations.pledges.wording import LETTER_VERSION, contact_due
from programs.models import Need, Program
from programs.proposals.models import AbuseReport, Answer, Comment, Proposal
from programs.proposals.states import AnswerState, ProposalState
from regions.models import SampleData
from regions.notation import JAKARTA
from tests.donations.opendata.conftest import as_csv
from tests.donations.opendata.test_adds_up import PLACE, published, sums
from tests.donations.statistics.oracle import DISTINCT, RATIOS, counted
from tests.donations.statistics.test_ledger import TOTAL, WHOLE, figures_on, plain
from tests.factories import OrganisationFactory


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """Jakarta, the programs and the demo data, in a transaction that is undone afterwards."""
    kept = settings.MEDIA_ROOT
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), transaction.atomic():
        call_command(
            "load_regions", "regions/data/jakarta_kelurahan.csv", stdout=io.StringIO(), stderr=io.StringIO()
        )
        call_command("load_programs", stdout=io.StringIO())
        call_command("load_demo", stdout=io.StringIO())
        yield
        transaction.set_rollback(True)
    settings.MEDIA_ROOT = kept


@pytest.mark.parametrize("seed", range(4))
def test_margins_are_met_to_the_unit(seed: int) -> None:
    cuts = gifts(50_000, random.Random(seed))
    for dimension, shares in (("city", CITY), ("kind", KIND), ("recipient", RECIPIENT), ("form", FORM)):
        sums: defaultdict[str, int] = defaultdict(int)
        staple: defaultdict[str, int] = defaultdict(int)
        for cut in cuts:
            sums[getattr(cut, dimension)] += cut.quantity
            staple[getattr(cut, dimension)] += cut.quantity if cut.form == "sembako" else 0
        assert sums == {label: share * 500 for label, share in shares.items()}
        if dimension != "form":
            assert staple == {label: share * 450 for label, share in shares.items()}
    assert min(cut.quantity for cut in cuts) > 0
    assert 340 <= len(cuts) <= 400
    assert isinstance(cuts[0], Cut)


def test_reference_is_the_last_morning() -> None:
    early, late = datetime(2026, 11, 22, 3, tzinfo=JAKARTA), datetime(2026, 11, 22, 9, tzinfo=JAKARTA)
    assert reference(late) == datetime(2026, 11, 22, 5, 40, tzinfo=JAKARTA)
    assert reference(early) == reference(late) - timedelta(days=1)


def test_pictures_are_drawn_alike_each_time() -> None:
    for number in range(3):
        assert isinstance(draw_scene(number), Image.Image)
        assert draw_scene(number).tobytes() == draw_scene(number).tobytes()


@pytest.mark.django_db
def test_loader_refuses_other_data_and_an_empty_tree() -> None:
    with pytest.raises(CommandError, match="load_regions"):
        call_command("load_demo")
    OrganisationFactory()
    with pytest.raises(CommandError, match="sudah berisi"):
        call_command("load_demo")
    assert not SampleData.objects.exists()


def shares(dimension: str) -> dict[str, int]:
    """Whole per cents of what is placed in a city."""
    rows = StatisticRow.objects.filter(
        program_code="pangan", measure="committed_packages", dimension=dimension
    ).exclude(city_code="31")
    sums: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        sums[row.city_code if dimension == "total" else row.key] += row.value
    return {key: round(100 * value / sum(sums.values())) for key, value in sums.items()}


def test_statistics_show_the_shares_of_the_seminar(demo: None) -> None:
    assert shares("total") == {"31.74": 32, "31.75": 21, "31.72": 16, "31.71": 15, "31.73": 14, "31.01": 2}
    assert shares("collaborator_kind") == {
        "social": 51, "enterprise": 31, "individual": 9, "community": 5, "government": 4,
    }  # fmt: skip
    by_recipient = shares("recipient_kind")
    assert by_recipient.pop("rw") == 85
    assert set(by_recipient) == {"orphanage", "pesantren", "nursing_home", "disability_home"}
    by_form = shares("aid_type")
    assert by_form.pop("sembako") == 90
    assert set(by_form) == {"siap-saji", "hari-raya"}


def test_downloads_reproduce_the_shares(demo: None) -> None:
    query = {"program": "pangan", "measure": "committed_packages", "dimension": "total"}
    answer = Client().get("/data/statistics.json", query)
    body = b"".join(answer.streaming_content)
    said = json.loads(body)
    placed = {row["city_code"]: row["value"] for row in said["rows"] if row["city_code"] != "31"}
    assert {city: round(100 * v / sum(placed.values())) for city, v in placed.items()} == CITY
    assert "data contoh" in said["note"]
    lines = (
        b"".join(Client().get("/data/statistics.csv", {**query, "hxl": "0"}).streaming_content)
        .decode()
        .splitlines()
    )
    assert {
        r["city_code"]: int(r["value"]) for r in csv.DictReader(lines) if r["city_code"] != "31"
    } == placed


def test_downloads_add_up_to_the_statistics(demo: None) -> None:
    """Row by row downloads of the whole demo, added up by place, program and form of aid."""
    needs = as_csv("needs")
    for need in needs:
        # A closed need counts as much as was allocated to it.
        need["target"] = need["reserved"] if need["state"] == "closed" else need["target"]
    allocations, handovers = as_csv("allocations"), as_csv("handovers")
    assert sums(needs, "target", *PLACE) == published("target")
    assert sums(allocations, "quantity", *PLACE) == published("allocated")
    assert sums(allocations, "received", *PLACE) == sums(handovers, "good", *PLACE) == published("delivered")
    checked = [row for row in handovers if row["is_verified"] == "true"]
    assert sums(checked, "good", *PLACE) == sums(allocations, "verified", *PLACE) == published("verified")
    # A wish counts in the city where its parts were placed, so commitments add up over all places.
    committed = as_csv("statistics", "?measure=committed&dimension=aid_type")
    assert sums(as_csv("commitments"), "quantity", *PLACE[1:]) == sums(
        [{**row, "aid_type": row["key"]} for row in committed], "value", *PLACE[1:]
    )


def test_page_says_the_shares_and_that_data_are_invented(demo: None) -> None:
    page = Client().get(reverse("statistics")).content.decode()
    assert "data contoh" in page
    assert re.search(r"Jakarta Selatan mendapat \d+% komitmen dengan \d+% kebutuhan", page)
    for share in ("32%", "51%", "85%", "90%"):
        assert f">{share}<" in page, share
    assert "Belum ditempatkan" in page


def test_demo_is_big_enough_and_whole(demo: None) -> None:
    assert Need.objects.filter(site=None).values("region").distinct().count() >= 400
    assert Need.objects.exclude(site=None).values("site").distinct().count() == 60
    assert Need.objects.values("program").distinct().count() == 6
    assert Organisation.objects.exclude(collaborator_kind="").count() == 150
    assert Commitment.objects.count() >= 600
    assert set(Commitment.objects.values_list("state", flat=True)) >= {
        "submitted", "accepted", "declined", "cancelled", "expired", "lapsed", "fulfilled", "closed_short",
    }  # fmt: skip
    assert set(Delivery.objects.values_list("state", flat=True)) >= {
        "planned", "confirmed", "dispatched", "completed", "failed",
    }  # fmt: skip
    assert set(Handover.objects.values_list("state", flat=True)) == {
        "draft", "submitted", "returned", "verified", "disputed",
    }  # fmt: skip
    letters = Pledge.objects.values_list("collaborator__name", "statement", "statement_version")
    assert all(name in text and version == LETTER_VERSION for name, text, version in letters)
    told = set(CommitmentMove.objects.values_list("verb", flat=True))
    assert told >= {"reduce", "restore", "allocate", "entrust", "expire", "cancel", "lapse"}
    assert DeliveryMove.objects.filter(verb="move").exists()
    sent_again = Commitment.objects.filter(moves__verb="restore", state="submitted", contacted_at=None)
    assert sent_again.exists()
    assert all(one.held == one.quantity for one in sent_again)
    assert {figure.state for figure in OutsideFigure.objects.all()} == {"recorded", "published"}
    assert list(faults()) == []
    call_command("rebuild_statistics", "--check", stdout=io.StringIO())
    assert SampleData.objects.exists()


def test_demo_facilitator_can_hand_a_code_to_somebody_without_an_address(demo: None) -> None:
    lurah = User.objects.get(email="lurah@demo.test")
    theirs = reach.people(lurah).filter(email=None)
    assert theirs.exists()
    assert all(may_issue(user=person, by=lurah) for person in theirs)


def test_demo_accounts_see_something_alive(demo: None) -> None:
    def user(name: str) -> User:
        found = User.objects.get(email=f"{name}@demo.test")
        assert found.check_password("ksbb-demo")
        return found

    waiting = Commitment.objects.visible_to(user("asesor.selatan")).waiting()
    assert waiting.count() >= 5
    now = reference(datetime.now(tz=JAKARTA))
    assert any(contact_due(one) < now for one in waiting.filter(contacted_at=None))
    south = set(Commitment.objects.visible_to(user("asesor.selatan")).values_list("pk", flat=True))
    assert not south & set(Commitment.objects.visible_to(user("asesor.timur")).values_list("pk", flat=True))
    assert len(set(Commitment.objects.visible_to(user("kolaborator")).values_list("state", flat=True))) >= 4
    assert Commitment.objects.visible_to(user("agregator")).filter(funded__gt=0, state="accepted").exists()
    assert Delivery.objects.visible_to(user("pelaksana")).under_way().exists()
    official = user("rw")
    assert official.phone
    assert official.assignments.get().region.name == "RW 03"
    assert Delivery.objects.visible_to(official).filter(state="dispatched").exists()
    standings = {
        name: user(name).assignments.get().standing for name in ("kolaborator", "pengelola", "anggota")
    }
    assert list(standings.values()) == ["owner", "admin", "member"]
    assert user("admin").assignments.get().region_id == "31"


def test_every_figure_of_the_demo_leads_to_rows_that_add_up(demo: None) -> None:
    for path in ("/id/statistik/", "/id/statistik/?wilayah=31.74", "/id/statistik/seminar/"):
        for href, said in list(figures_on(path).items())[::5]:
            page = Client().get(href).content.decode()
            assert "Buku besar sudah berubah" not in page, href
            if WHOLE.fullmatch(said):
                assert plain(TOTAL.findall(page)[0]).split(" ")[0] == said, href


def test_months_of_the_demo_are_spread_believably(demo: None) -> None:
    rows = StatisticRow.objects.filter(program_code="", measure="verified_value", dimension="month")
    by_month: defaultdict[str, int] = defaultdict(int)
    for key, value in rows.values_list("key", "value"):
        by_month[key] += value
    assert 11 <= len(by_month) <= 14
    assert max(by_month.values()) < 0.4 * sum(by_month.values())
    ginis = StatisticRow.objects.filter(measure="gini_province", program_code="pangan", dimension="month")
    assert ginis.count() >= 11
    assert all(1000 < value < 9000 for value in ginis.values_list("value", flat=True))


def test_second_count_of_the_demo_agrees(demo: None) -> None:
    for city in ("31.74", "31.01", "31"):
        rows = StatisticRow.objects.filter(city_code=city).exclude(measure__in=DISTINCT | RATIOS)
        told = {
            tuple(key): value
            for *key, value in rows.values_list("program_code", "measure", "dimension", "key", "value")
        }
        assert told == {key: value for key, value in counted(city).items() if key[1] not in DISTINCT | RATIOS}


def test_demo_has_a_gallery_and_a_story_of_every_program(demo: None) -> None:
    told = set(Story.objects.published().values_list("handover__delivery__program", flat=True))
    assert told == set(Program.objects.values_list("code", flat=True))
    page = Client().get("/id/galeri/")
    assert page.context["page"].paginator.count > 40
    assert "data contoh" in page.content.decode()
    assert not Story.objects.exclude(handover__state="verified").exists()


def test_demo_shows_the_forum_in_every_state(demo: None) -> None:
    proposals = Proposal.objects.all()
    assert len(proposals) == 26
    assert {proposal.state for proposal in proposals} == set(ProposalState)
    assert set(Answer.objects.values_list("state", flat=True)) == set(AnswerState)
    assert Comment.objects.filter(state="hidden").exists()
    assert AbuseReport.objects.filter(settled_at=None).exists()
    assert all(proposal.supports == proposal.support_rows.count() for proposal in proposals)
    # What came of a proposal came after it, down to a verified handover.
    realised = Proposal.objects.get(answer__state="realised")
    needs = [link.need for link in realised.need_links.select_related("need")]
    assert needs
    assert all(need.published_at > realised.published_at and need.verified for need in needs)
    assert "terverifikasi" in Client().get(realised.get_absolute_url()).content.decode()


def test_citizen_of_the_demo_has_a_proposal_and_the_ledger_is_whole(demo: None) -> None:
    reader = Client()
    assert reader.login(username="warga@demo.test", password="ksbb-demo")
    page = reader.get(reverse("my_proposals"))
    assert [row["name"] for row in page.context["rows"]] == [
        "Pelatihan reparasi sepeda untuk remaja putus sekolah"
    ]
    assert list(faults()) == []


def test_misconduct_of_the_demo_is_in_every_state_and_hidden_from_whom_it_concerns(demo: None) -> None:
    assert set(Case.objects.values_list("state", flat=True)) == set(CaseState)
    assert Case.objects.overdue(timezone.localdate()).exists()
    by_platform = Contradiction.objects.values("case")
    # What was asked of the recipients of one report contradicts it, and opened cases by itself.
    assert Contradiction.objects.values("handover").distinct().count() == 1
    assert set(Confirmation.objects.values_list("side", "state")) >= {
        ("recipient", "closed"), ("recipient", "open"), ("deliverer", "closed")
    }  # fmt: skip
    case = Case.objects.exclude(handover=None).exclude(pk__in=by_platform).get()
    for name, status in (
        ("pemeriksa", 200),
        ("pemeriksa.selatan", 404),
        ("rw", 404),
        ("admin", 404),
        ("lurah", 404),
    ):
        reader = Client()
        assert reader.login(username=f"{name}@demo.test", password="ksbb-demo")
        assert reader.get(f"/id/lapor/kasus/{case.number}/").status_code == status, name
    shown = Client().get("/id/lapor/").content.decode()
    assert case.number not in shown
