"""Where a commitment stands, who owes the next step, and what may be changed: tables over all states, no database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from donations.pledges.changes import CHANGES, changes, why_not
from donations.pledges.standing import Names, Owner, next_step, standing
from donations.pledges.states import COMMITMENT, CommitmentState
from donations.pledges.way import Facts

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
DAY = date(2026, 3, 10)
LATER = NOW + timedelta(hours=72)  # what an office is given
NAMES = Names(
    amount=lambda n: f"{n} paket", giver="Yayasan A", aggregator="Agregator B", executor="Pelaksana C"
)
ACCEPTED = Facts(state="accepted", live=100, reserved=100, accepted_at=NOW, schedule=DAY)
SUBMITTED = Facts(state="submitted", live=100, held=100, answer_by=NOW)
MONEY = replace(ACCEPTED, through_aggregator=True)
SENT = replace(ACCEPTED, dispatched=60, uncounted=60, dispatched_at=NOW)

# facts → who owes what, and how long after the day or moment that starts it
STEPS = [
    (replace(SUBMITTED, contacted=False), Owner.ASSESSOR, "Menghubungi", NOW - timedelta(hours=24)),
    (SUBMITTED, Owner.ASSESSOR, "Menerima atau menolak", NOW),
    (replace(SUBMITTED, redirect="proposed", redirect_at=NOW), Owner.GIVER, "usulan pengalihan", LATER),
    (replace(SUBMITTED, redirect="asked", redirect_at=NOW), Owner.ASSESSOR, "Menerima atau menolak", NOW),
    (replace(ACCEPTED, redirect="asked", redirect_at=NOW), Owner.ASSESSOR, "permintaan pengalihan", LATER),
    (replace(ACCEPTED, redirect="proposed", redirect_at=NOW), Owner.GIVER, "usulan pengalihan", LATER),
    (replace(SENT, returned_at=NOW), Owner.RECIPIENT, "Memperbaiki", LATER),
    (replace(SENT, disputed=True, submitted_at=NOW), Owner.ASSESSOR, "sengketa", LATER),
    (replace(SENT, uncounted=0, received=50, verified=50, unsettled=10), Owner.ASSESSOR, "10 paket yang rusak", None),
    (replace(SENT, uncounted=0, received=60, submitted_at=NOW), Owner.ASSESSOR, "Memeriksa berita acara 60", LATER),
    (SENT, Owner.RECIPIENT, "Menghitung 60 paket", NOW + timedelta(hours=48)),
    (replace(ACCEPTED, planned=40, planned_on=DAY), Owner.EXECUTOR, "Mengirim 40 paket", DAY),
    (replace(ACCEPTED, reserved=30, unallocated=70), Owner.ASSESSOR, "Mengalokasikan 70", LATER),
    (MONEY, Owner.GIVER, "Mengirim dana kepada Agregator B", DAY),
    (replace(MONEY, funded=5), Owner.AGGREGATOR, "Membelanjakan", None),
    (replace(MONEY, funded=5, spent=5, converted=50), Owner.GIVER, "Mengirim dana", DAY),
    (replace(MONEY, funded=5, spent=5, converted=100), Owner.EXECUTOR, "Merencanakan", DAY),
    (ACCEPTED, Owner.EXECUTOR, "Merencanakan", DAY),
    (replace(ACCEPTED, dispatched=100, received=100, verified=100), Owner.ASSESSOR, "Menutup", None),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "owner", "what", "due"), STEPS)
def test_next_step_says_what_by_whom_and_until_when(
    facts: Facts, owner: Owner, what: str, due: datetime | date | None
) -> None:
    found = next_step(facts, NAMES)
    assert found is not None
    assert (found.owner, what in found.what) == (owner, True), found
    if isinstance(due, datetime) or due is None:
        assert found.due == due
    else:
        assert found.due is not None
        assert found.due.astimezone(tz=None).date() - due <= timedelta(days=1)
    named = {Owner.GIVER: "Yayasan A", Owner.AGGREGATOR: "Agregator B", Owner.EXECUTOR: "Pelaksana C"}
    assert found.who == named.get(owner, found.who)


def test_every_state_stands_somewhere_and_only_what_is_over_owes_nothing() -> None:
    for state in CommitmentState:
        facts = replace(ACCEPTED, state=state.value)
        assert standing(facts, NAMES).endswith("."), state
        assert (next_step(facts, NAMES) is None) == (state not in ("submitted", "accepted"))


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (SUBMITTED, "100 paket ditahan sampai"),
        (replace(SUBMITTED, held=0), "memilihkan kebutuhannya"),
        (replace(SUBMITTED, held=0, is_offer=True), "menjadikan tawaran ini kebutuhan"),
        (ACCEPTED, "Pengirimannya belum direncanakan"),
        (replace(ACCEPTED, reserved=0, unallocated=100), "sedang memilihkan"),
        (replace(ACCEPTED, planned=40, planned_on=DAY), "40 paket dari 100 paket direncanakan berangkat 10 Maret 2026"),
        (SENT, "60 paket dari 100 paket sudah dikirim dan belum ada"),
        (replace(SENT, returned_at=NOW), "berita acaranya dikembalikan"),
        (replace(SENT, uncounted=0, unsettled=60), "tidak ada yang diterima baik"),
        (replace(SENT, received=50, verified=20), "50 paket dari 100 paket sudah diterima baik; 20 paket terverifikasi"),
        (replace(ACCEPTED, received=100, verified=100), "Seluruhnya"),
        (replace(ACCEPTED, state="fulfilled", verified=100), "Selesai: 100 paket"),
        (replace(ACCEPTED, state="closed_short", verified=70), "Ditutup: 70 paket"),
    ],
)  # fmt: skip
def test_standing_is_one_sentence(facts: Facts, said: str) -> None:
    assert said in standing(facts, NAMES).replace("\xa0", " ")


PLANNED = replace(ACCEPTED, planned=100, planned_on=DAY)
GONE = replace(ACCEPTED, dispatched=100, uncounted=100)
PART = replace(ACCEPTED, dispatched=60, uncounted=60)
FREE = set(CHANGES) - {"restore"}

# facts → the changes that are possible
POSSIBLE = [
    (SUBMITTED, FREE - {"entrust"}),
    (replace(SUBMITTED, held=0, unallocated=100), FREE - {"entrust", "divert"}),
    (ACCEPTED, FREE),
    (MONEY, FREE - {"entrust"}),
    (replace(MONEY, funded=5), FREE - {"entrust", "reroute"}),
    (replace(ACCEPTED, redirect="asked"), FREE - {"divert"}),
    (PLANNED, {"name", "note"}),
    (PART, FREE - {"cancel", "reroute"}),
    (GONE, {"name", "note"}),
    (replace(ACCEPTED, live=1, reserved=1), FREE - {"reduce"}),
    *((replace(ACCEPTED, state=state), {"name", "restore"}) for state in ("declined", "cancelled", "expired", "lapsed")),
    *((replace(ACCEPTED, state=state, verified=100), {"name"}) for state in ("fulfilled", "closed_short")),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "possible"), POSSIBLE)
def test_what_cannot_be_changed_says_why(facts: Facts, possible: set[str]) -> None:
    for verb in CHANGES:
        why = why_not(verb, facts, NAMES.amount)
        assert (not why) == (verb in possible), (verb, why)
        assert not why or why.endswith(".")
    shown = {change.verb for change in changes(facts, NAMES.amount)}
    assert shown >= possible
    assert ("restore" in shown) == (facts.state in COMMITMENT["restore"].sources)


def test_reasons_name_what_stands_in_the_way() -> None:
    assert (
        why_not("cancel", PART, NAMES.amount)
        == "Sudah dikirim: 60 paket. Yang belum dikirim dapat dikurangi."
    )
    assert why_not("cancel", GONE, NAMES.amount) == "Sudah dikirim: 100 paket."
    assert "Batalkan rencana kirimnya" in why_not("cancel", replace(PLANNED, planned=40), NAMES.amount)
    assert "Sudah direncanakan berangkat: 100 paket" in why_not("reduce", PLANNED, NAMES.amount)
    assert why_not("reschedule", GONE, NAMES.amount) == "Sudah dikirim: 100 paket."
