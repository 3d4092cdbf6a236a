"""A ledger as chance will have it, and all that is published of it: counted a second time, opened row by row, and
followed as a reader would.
"""

import csv
import html
import io
import random
import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from accounts import clock
from donations.models import StatisticRow
from donations.pledges import actions as pledges
from donations.pledges.actions import Promise
from donations.statistics.actions import recompute
from donations.statistics.definitions import DIFFERENCES, FIGURES, coverage_points
from donations.statistics.queries import published_value
from donations.statistics.rows import EVERYTHING, Question, in_order, lines_of, narrower, parts_of, total_of
from donations.statistics.wording import written
from programs.actions import close
from programs.models import AidType
from regions.models import SiteKind
from regions.notation import JAKARTA
from tests.donations.statistics.oracle import DISTINCT, RATIOS, counted
from tests.factories import (
    AidTypeFactory,
    OrganisationFactory,
    SiteFactory,
    make_commitment,
    make_delivery,
    make_handover,
    make_need,
    tree,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger")]
KINDS = ("social", "enterprise", "individual")
PLACES = ("31.74", "31.75", "31")
START = datetime(2026, 1, 5, 9, tzinfo=JAKARTA)


@pytest.fixture(scope="module")
def ledger(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Built once for all that is asked of it, in a transaction that is undone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        a_ledger(2)
        for place in PLACES:
            recompute(place)
        yield
        transaction.set_rollback(True)


Thing = TypeVar("Thing")


def a_few(things: Iterable[Thing], kind: Callable[[Thing], Hashable]) -> list[Thing]:
    """Two or three of each kind, from all through: each costs what a reader's question does."""
    kinds = defaultdict(list)
    for thing in things:
        kinds[kind(thing)].append(thing)
    return [thing for alike in kinds.values() for thing in alike[:: max(1, len(alike) // 2)]]


def told(city: str) -> dict[tuple[str, str, str, str], int]:
    rows = StatisticRow.objects.filter(city_code=city).exclude(measure__in=DISTINCT | RATIOS)
    return {tuple(key): value for *key, value in rows.values_list(
        "program_code", "measure", "dimension", "key", "value"
    )}  # fmt: skip


def a_ledger(seed: int) -> None:
    """Needs, gifts, wishes and arrivals of nine months in two cities and three districts, as chance will have it."""
    chance = random.Random(seed)
    types = [
        AidTypeFactory(),
        AidTypeFactory(code="siap-saji", guide_value=45_000),
        AidTypeFactory(code="lain", guide_value=None),
    ]
    codes = ["31.74.01.1001.001", "31.74.02.1001.001", "31.75.01.1001.001"]
    home = SiteFactory(kind=SiteKind.NURSING_HOME, region=tree(codes[1]))
    givers = [OrganisationFactory(collaborator_kind=kind) for kind in KINDS]
    wishes = []
    for step in range(24):
        with clock.at(START + timedelta(days=11 * step, hours=chance.randrange(15))):
            giver, aid_type = chance.choice(givers), chance.choice(types)
            site = home if chance.random() < 0.3 else None
            need = make_need(
                code=chance.choice(codes), site=site, target=chance.randrange(50, 200), aid_type=aid_type
            )
            gift = make_commitment(
                "accepted", need=need, quantity=chance.randrange(5, 50), collaborator=giver
            )
            promise = Promise(
                quantity=40, aid_type=aid_type, region=tree(chance.choice(["31", "31.74", "31.75.01"]))
            )
            wish = pledges.submit(collaborator=giver, by=None, promises=[promise]).commitments.get()
            wishes.append((pledges.accept(commitment=wish, by=None), aid_type))
        with clock.at(START + timedelta(days=11 * step + 20)):
            if chance.random() < 0.6:
                make_handover(chance.choice(["submitted", "verified"]), damaged=chance.randrange(3),
                              delivery=make_delivery("dispatched", commitment=gift))  # fmt: skip
            elif chance.random() < 0.3:
                close(need=need, by=None, reason="Tidak diperlukan lagi.")
    for wish, aid_type in wishes[::3]:
        with clock.at(START + timedelta(days=290)):
            late = make_need(code=chance.choice(codes), target=30, aid_type=aid_type)
            if not wish.region_id.startswith("31.7") or late.region_id.startswith(wish.region_id):
                pledges.allocate(commitment=wish, need=late, quantity=20, by=None)
    # What the server last counted may be tables that another test had just emptied: it would join them row by row.
    tables = ", ".join(model._meta.db_table for model in apps.get_app_config("donations").get_models())
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {tables}")


def test_every_dimension_agrees_with_a_second_count() -> None:
    for place in PLACES:
        assert told(place) == {k: v for k, v in counted(place).items() if k[1] not in DISTINCT | RATIOS}
    assert StatisticRow.objects.filter(dimension="aid_type:district:month", measure="allocated").count() > 10


def question_of(row: StatisticRow, aids: dict[str, AidType]) -> Question:
    """The question that a published row answers."""
    parts = [] if row.dimension == "total" else row.dimension.split(":")
    keys = dict(zip(parts, row.key.split(":"), strict=False))
    district, month = keys.get("district", ""), keys.get("month", "")
    return Question(
        row.measure, row.program_code, aids.get(keys.get("aid_type", "")), district or row.city_code, month, month,
        keys.get("collaborator_kind", ""), keys.get("recipient_kind", ""), keys.get("people_kind", ""),
        exact=bool(district) and len(district) < len("31.74.01"),
    )  # fmt: skip


def summed(question: Question) -> int:
    totals = total_of(question, parts_of(question))
    if question.measure == "coverage":
        return coverage_points(totals.value, totals.whole) or 0
    return totals.value if totals.index is None else totals.index


def test_rows_add_up_to_every_published_figure() -> None:
    aids = {aid.code: aid for aid in AidType.objects.all()}
    rows = StatisticRow.objects.exclude(measure__endswith="_province").order_by("program_code", "key")
    published = {question_of(row, aids): row for row in rows}
    checked = a_few(published, lambda one: (one.measure, published[one].dimension, published[one].city_code))
    for question in checked:
        found = published_value(question)
        assert found is not None
        assert summed(question) == found[0] == published[question].value, question
    assert len(checked) > 400


def test_differences_have_the_rows_of_one_measure_that_the_other_leaves_out() -> None:
    aids = {aid.code: aid for aid in AidType.objects.all()}
    rows = StatisticRow.objects.exclude(program_code="").order_by("program_code", "key")
    published = {question_of(row, aids): row for row in rows}
    positive = 0
    for name, (more, less) in DIFFERENCES.items():
        # What is committed in a month may be allocated in another.
        wholes = [one for one in published if one.measure == more
                  and not (one.since and more.startswith("committed"))]  # fmt: skip
        for one in a_few(wholes, lambda one: (published[one].dimension, published[one].city_code)):
            taken = published.get(one.but(measure=less))
            question, value = one.but(measure=name), published[one].value - (taken.value if taken else 0)
            found = published_value(question)
            assert found is not None
            assert summed(question) == found[0] == value, question
            positive += value > 0
    assert positive > 20


def test_rows_of_the_whole_province_add_up_over_its_cities() -> None:
    sembako = AidType.objects.get(code="sembako")
    for measure in ("target", "committed", "allocated", "delivered", "verified"):
        question = Question(measure, "pangan", sembako)
        whole = StatisticRow.objects.filter(measure=measure, dimension="aid_type", key="sembako")
        assert summed(question) == sum(whole.values_list("value", flat=True))
        found = published_value(question)
        assert found is not None
        assert found[0] == summed(question)
        months = question.but(since="2026-02", until="2026-05")
        found = published_value(months)
        assert found is not None
        assert found[0] == summed(months)
    kinds = StatisticRow.objects.filter(measure="committed", dimension="aid_type:collaborator_kind")
    unplaced = kinds.filter(city_code="31", program_code="pangan")[0]
    code, kind = unplaced.key.split(":")
    placed = Question("committed", "pangan", AidType.objects.get(code=code), collaborator=kind, placed=True)
    found = published_value(placed)
    assert found is not None
    assert summed(placed) == found[0] == summed(placed.but(placed=False)) - unplaced.value
    for several, one in (
        ("social,enterprise", "collaborator"),
        ("rw,site", "recipient"),
        ("open,rw", "recipient"),
    ):
        both = Question("committed_value", "pangan", **{one: several})
        each = [both.but(**{one: kind}) for kind in several.split(",")]
        found = published_value(both)
        assert found is not None
        assert summed(both) == found[0] == sum(map(summed, each)) > 0
    both = Question("committed_packages", "pangan", among=(sembako, AidType.objects.get(code="siap-saji")))
    assert summed(both) == sum(summed(both.but(among=(), aid=aid)) for aid in both.aids) > 0
    assert Client().get(both.href).context["question"].aids == both.aids
    # One giver of both is one giver: no published figures are added up for it.
    assert published_value(both.but(measure="collaborators", place="31.74")) is None
    part = Question("committed_value", "pangan", place="31.74.01", of=EVERYTHING)
    assert part.whole is not None
    found = published_value(part.whole)
    assert found is not None
    districts = [summed(question) for _region, question in narrower(part.whole)]
    assert summed(part.whole) == found[0] == sum(districts) > summed(part) > 0
    for measure in ("gini_province", "collaborators_province"):
        row = StatisticRow.objects.get(measure=measure, dimension="total", program_code="")
        assert summed(Question(measure)) == row.value


def test_lines_say_what_adds_up() -> None:
    sembako = AidType.objects.get(code="sembako")
    for measure in FIGURES:
        question = Question(measure, "pangan", sembako if FIGURES[measure].unit == "quantity" else None)
        parts = parts_of(question)
        for order in ("besar", "kecil", "baru", "lama"):
            lines = lines_of(list(in_order(parts, order)))
            assert sum(line.value for line in lines) == total_of(question, parts).value
            values = [line.value for line in lines]
            assert order != "besar" or values == sorted(values, reverse=True)
    as_csv_add_up(Question("unverified", "pangan", sembako), Question("coverage", "pangan", sembako))


def as_csv_add_up(*questions: Question) -> None:
    for question in questions:
        text = Client().get(f"/data/rows.csv?{question.query}&hxl=0").getvalue().decode()
        rows = list(csv.DictReader(io.StringIO(text)))
        totals = total_of(question, parts_of(question))
        assert (len(rows), sum(int(row["value"]) for row in rows)) == (totals.count, totals.value)
        assert totals.count
    refused = Client().get("/data/rows.csv?angka=target&program=pangan&place=31.74")
    assert refused.status_code == 400
    # A spreadsheet runs nothing of a giver's name.
    giver = OrganisationFactory(name="=1+1", may_be_named=True)
    make_commitment("accepted", collaborator=giver)
    given = (
        Client().get("/data/rows.csv?angka=collaborators&program=pangan&urut=kecil&hxl=0").getvalue().decode()
    )
    assert "'=1+1," in given
    assert "\n=1+1" not in given
    assert [line.split(b":")[0] for line in refused.content.splitlines()] == [b"place", b"bentuk"]


def test_what_is_too_long_to_read_leads_to_its_parts(monkeypatch) -> None:
    monkeypatch.setattr("donations.statistics.rows.length.MOST_ROWS", 0)
    aid = AidType.objects.get(code="sembako")
    for measure in ("allocated", "delivered", "target"):
        for place in ("", "31.74"):
            question = Question(measure, "pangan", aid, place)
            answer = Client().get(question.href)
            rows = answer.context["rows"]
            assert answer.context["total"] == written(question, summed(question))
            codes = [part.place for _region, part in narrower(question)]
            assert [row["value"] for row in rows] == [
                written(question, summed(question.but(place=code))) for code in codes
            ]
            assert [row["href"] for row in rows] == [question.but(place=code).href for code in codes]
    village = Question("target", "pangan", aid, "31.74.01.1001")
    assert {row["value"] for row in Client().get(village.href).context["rows"]} == {""}
    [_region, rw], *_others = narrower(village)
    assert "lines" in Client().get(rw.href).context


LINK = re.compile(r'<a[^>]*href="(/id/statistik/baris/\?[^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
TOTAL = re.compile(r'id="total">([^<]*)<')
WHOLE = re.compile(r"([\d.]+)(?: belum dialokasikan| menunggu diperiksa)?")
SHARE = re.compile(r"([\d,]+)%(?: dari target)?")
PART = re.compile(r'id="share">([^<]*)%<')


def plain(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", text)).replace("\xa0", " ").strip()


def figures_on(path: str) -> dict[str, str]:
    """The addresses of rows on a page, with the figure that leads there."""
    response = Client().get(path)
    assert response.status_code == 200
    return {html.unescape(href): plain(said) for href, said in LINK.findall(response.content.decode())}


def number(written: str) -> float:
    return float(written.replace(",", "."))


PAGES = (
    "/id/statistik/",
    "/id/statistik/?wilayah=31.74&ukuran=delivered",
    "/id/statistik/?wilayah=31.74.01&dari=2026-02&sampai=2026-05",
    "/id/statistik/?program=semua",
    "/id/statistik/banding/?dari=2026-01&sampai=2026-03&dari2=2026-04&sampai2=2026-06",
    "/id/statistik/seminar/",
)


def kind_of(figure: tuple[str, str]) -> Hashable:
    """What the address of a figure asks for, whatever the place, the months and the form of aid."""
    asked = parse_qs(urlsplit(figure[0]).query)
    return asked["angka"][0], *sorted(asked)


def test_figures_lead_to_rows_that_add_up() -> None:
    compared = shares = 0
    found = {href: said for path in PAGES for href, said in figures_on(path).items()}
    for href, said in a_few(found.items(), kind_of):
        response = Client().get(href)
        assert response.status_code == 200, href
        page = response.content.decode()
        assert "Buku besar sudah berubah" not in page, href
        [total] = TOTAL.findall(page)
        if found := WHOLE.fullmatch(said):
            assert plain(total).split(" ")[0] == found[1], href
            compared += 1
        elif (found := SHARE.fullmatch(said)) and "bagian_dari=" in href:
            # Whole per cent add up to a hundred, so that one of them may be rounded the other way.
            [part] = PART.findall(page)
            assert abs(number(found[1]) - number(part)) < (1 if "," not in found[1] else 0.05), href
            shares += 1
        elif said.endswith("%") and "angka=coverage" in href:
            assert plain(total) == said, href
            compared += 1
    assert compared >= 60
    assert shares >= 30
