"""A small ledger with something of everything, and ways to read what is given out."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from accounts import clock
from accounts.models import CollaboratorKind
from donations.assets.actions import register
from donations.confirmations.actions import end
from donations.deliveries import actions as deliveries
from donations.models import Commitment, Handover
from donations.statistics.actions import places, recompute
from programs.models import AidType, Need, PublishedFigure
from regions.models import Site
from tests.donations.confirmations.making import ALL, answered, drawn
from tests.donations.outside.test_actions import make_outside
from tests.factories import (
    AidTypeFactory,
    OrganisationFactory,
    SiteFactory,
    make_commitment,
    make_handover,
    make_need,
    official,
    tree,
)
from tests.programs.proposals.making import make_proposal

UNPUBLISHED = "Laporan Belum Tampil"
SECRET = "Rahasia Tak Ingin Disebut"
OWN_NAME = "Bu Penerima Sendiri"
# Every one of these would be run by a spreadsheet.
FORMULA = "=HYPERLINK(1)"


@dataclass(frozen=True)
class Small:
    """Two RW in two cities and a site; gifts in every state, of one who is named and one who is not."""

    rw: Need
    other: Need
    site: Need
    verified: Handover
    waiting: Handover
    named: Commitment
    unnamed: Commitment
    aid: AidType
    orphanage: Site


@pytest.fixture(scope="module")
def ledger(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Small]:
    """The ledger, built once for a module in a transaction that is undone afterwards."""
    kept = settings.MEDIA_ROOT
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)
    settings.MEDIA_ROOT = kept


@pytest.fixture
def small(ledger: Small, db: None) -> Small:
    """The ledger; what a test changes of it is undone."""
    cache.clear()
    return ledger


def build() -> Small:
    aid = AidTypeFactory()
    orphanage = SiteFactory(name=FORMULA, address="+62 Jalan", region=tree("31.75.01.1001.002"))
    rw = make_need(target=1000)
    other = make_need(code="31.75.01.1001.001", target=500, aid_type=aid)
    site = make_need(site=orphanage, target=80, aid_type=aid)
    make_need("draft", code="31.74.01.1001.009")
    named = make_commitment("accepted", need=rw, quantity=300)
    pledges_named(named, name="@Yayasan Terang")
    secret = OrganisationFactory(
        name=SECRET, collaborator_kind=CollaboratorKind.INDIVIDUAL, may_be_named=False
    )
    unnamed = make_commitment("accepted", need=other, quantity=120, collaborator=secret)
    make_commitment(
        "submitted", need=site, quantity=50, collaborator=OrganisationFactory(name="Belum Dijawab")
    )
    verified = make_handover("verified", delivery=sent(named), damaged=7, missing=3, by=official(rw.region))
    # What lasts is counted as assets; the other rows are of what does not.
    AidType.objects.filter(pk=aid.pk).update(is_durable=True)
    register(handover=verified)
    AidType.objects.filter(pk=aid.pk).update(is_durable=False)
    waiting = make_handover("submitted", delivery=sent(unnamed, 90))
    Handover.objects.filter(pk=verified.pk).update(
        receiver_name=OWN_NAME, witness_name=OWN_NAME, note=OWN_NAME
    )
    draw = drawn(verified, size=5, days=1)
    answered(draw, *[ALL] * 5)
    with clock.at(clock.now() + timedelta(days=2)):
        end()
    make_proposal()
    make_outside("published", code="31.74", source="+Laporan", note="@catatan")
    make_outside("recorded", code="31.75", source=UNPUBLISHED)
    PublishedFigure.objects.create(
        program=aid.program, label="Paket yang dibagikan", value="=1+1", source="Seminar", published="2021"
    )
    for place in places():
        recompute(place)
    return Small(rw, other, site, verified, waiting, named, unnamed, aid, orphanage)


def pledges_named(commitment: Commitment, *, name: str) -> None:
    commitment.pledge.collaborator.name = name
    commitment.pledge.collaborator.save()
    commitment.pledge.may_be_named = True
    commitment.pledge.save()


def sent(commitment: Commitment, quantity: int | None = None) -> Any:
    allocation = commitment.allocations.get()
    planned = deliveries.plan(
        executor=commitment.executor, quantities={allocation: quantity or allocation.free},
        planned_on=clock.today(), by=None,
    )  # fmt: skip
    return deliveries.dispatch(delivery=planned, by=None)


def body(address: str, **headers: str) -> str:
    return Client().get(address, headers=headers).getvalue().decode()


def as_json(name: str, query: str = "") -> list[dict[str, Any]]:
    return json.loads(body(f"/data/{name}.json{query}"))["rows"]


def as_csv(name: str, query: str = "") -> list[dict[str, str]]:
    joint = "&" if query else "?"
    return list(csv.DictReader(io.StringIO(body(f"/data/{name}.csv{query}{joint}hxl=0"))))
