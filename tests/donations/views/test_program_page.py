"""The programs and each one's page."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from donations.statistics.actions import places, recompute
from programs.actions.programs import pause_program
from programs.models import PublishedFigure
from tests.factories import AidTypeFactory, ProgramFactory, make_commitment, make_need

pytestmark = pytest.mark.django_db


def test_list_has_every_program_with_its_open_needs(client):
    make_need()
    ProgramFactory(code="didik", name="Didik")
    rows = client.get("/id/program/").context["rows"]
    assert {row["program"].code: row["figures"].open_needs for row in rows} == {"pangan": 1, "didik": 0}


def test_page_leads_with_the_form_that_has_most_needs(client):
    other = AidTypeFactory(code="lain", name="Lain")
    make_need(aid_type=other, code="31.74.01.1001.001")
    make_need(aid_type=other, code="31.74.01.1001.002")
    make_commitment("accepted", need=make_need(target=100), quantity=30)
    context = client.get("/id/program/pangan/").context
    assert context["leading"]["aid"] == other
    assert {form["aid"].code: strip_tags(form["reserved"]) for form in context["forms"]} == {
        "sembako": "30",
        "lain": "0",
    }


def test_page_of_a_program_without_needs(client):
    AidTypeFactory()
    answer = client.get("/id/program/pangan/")
    assert answer.status_code == 200
    assert "belum ada target" in answer.content.decode()


def test_published_figures_keep_source_and_date(client):
    PublishedFigure.objects.create(
        program=ProgramFactory(),
        label="kolaborator",
        value="144",
        source="Paparan Bappeda",
        published="2021-10-27",
    )
    text = client.get("/id/program/pangan/").content.decode()
    assert "Paparan Bappeda" in text
    assert "27\u00a0Oktober 2021" in text


def test_unknown_program_is_404(client):
    assert client.get("/id/program/tidak-ada/").status_code == 404


@pytest.mark.parametrize("path", ["tentang", "privasi", "aksesibilitas", "panduan/rw", "data"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_texts_are_public_and_leave_no_cookie(client, path, language):
    answer = client.get(f"/{language}/{path}/")
    assert answer.status_code == 200
    assert not answer.cookies


def test_numbers_of_the_slide_are_published_ones_and_lead_to_their_rows(client):
    make_commitment("accepted", need=make_need(target=100), quantity=30)
    for code in places():
        recompute(code)
    figures = client.get("/id/program/pangan/").context["figures"]
    assert [(figure["value"], figure["label"]) for figure in figures[:3]] == [
        ("1", "kolaborator"),
        ("1", "komitmen diterima asesor"),
        ("Rp6 juta", "nilai komitmen"),
    ]
    assert client.get(figures[1]["href"]).status_code == 200


def test_journey_tells_pauses_on_this_platform_and_what_is_planned(client):
    program = ProgramFactory(launched="2020-04", plans="ATM beras.")
    program.state = "running"
    program.save()
    program = pause_program(program=program, by=None, reason="Data diperbarui.")
    text = client.get("/id/program/pangan/").content.decode()
    assert "Mulai: April\u00a02020" in text
    assert "Program dijeda" in text
    assert "Data diperbarui." not in text
    assert text.index("Program dijeda") < text.index("ATM beras.", text.index("Program dijeda"))


def test_page_asks_the_same_number_of_questions_whatever_there_is(client):
    def asked():
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/id/program/pangan/").status_code == 200
        return len(queries)

    make_need()
    few = asked()
    for number in range(1, 9):
        make_need(code=f"31.74.01.1001.{number:03d}")
    assert asked() == few
