"""What a pledge comes to, in words: the sum, the letter that is agreed to, and who owes the next step."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import Organisation, Permit
from donations.pledges.models import Commitment, PledgeDraft, Route
from donations.pledges.models.commitments import FundSource
from donations.pledges.states import CommitmentState
from programs.models import AidType, Need
from programs.models.programs import AidKind
from programs.wording import aid_in_sentence
from programs.wording import quantity_in_unit as amount
from regions.notation import number, rupiah, when, words


@dataclass(frozen=True, slots=True)
class Sum:
    """The parts of components/sum.html."""

    line: str
    total: str
    words: str
    note: str


def sum_of(quantity: int, aid_type: AidType, unit_value: int | None, need: Need | None = None) -> Sum:
    """The quantity in figures and in words, its value by the guide value, and what the need is left with."""
    notes = []
    if aid_type.serves_text and aid_type.kind != AidKind.MONEY:
        notes.append(_("Masing-masing untuk %(whom)s.") % {"whom": aid_type.serves_text})
    if need is not None and quantity <= need.missing:
        left = need.missing - quantity
        notes.append(
            _("Kebutuhan %(name)s akan tinggal %(left)s.")
            % {"name": need.recipient_name, "left": amount(aid_type, left)}
            if left
            else _("Kebutuhan %(name)s akan terpenuhi seluruhnya.") % {"name": need.recipient_name}
        )
    note = " ".join(notes)
    if aid_type.kind == AidKind.MONEY:
        return Sum(_("Jumlah"), rupiah(quantity), words(quantity, "rupiah"), note)
    if unit_value is None:
        return Sum(_("Jumlah"), amount(aid_type, quantity), words(quantity, aid_type.unit_name), note)
    value = quantity * unit_value
    said = _("%(words)s, menurut nilai acuan") % {"words": words(value, "rupiah")}
    return Sum(f"{number(quantity)} × {rupiah(unit_value)}", rupiah(value), said, note)


def too_many(quantity: int, need: Need) -> str:
    """Why a quantity above what is missing is not taken, and what can be done."""
    missing = need.missing
    if missing <= 0:
        return _("Kebutuhan ini sudah penuh. Pilih kebutuhan lain di bawah; jumlah Anda terbawa.")
    values = {
        "quantity": amount(need.aid_type, quantity),
        "missing": amount(need.aid_type, missing),
        "times": number(quantity // missing),
    }
    if quantity >= 2 * missing:
        return (
            _(
                "%(quantity)s lebih dari %(times)s kali yang masih kurang (%(missing)s). Tulis %(missing)s atau "
                "kurang; selebihnya dapat Anda bagi ke tempat lain."
            )
            % values
        )
    return (
        _(
            "%(quantity)s lebih dari yang masih kurang (%(missing)s). Tulis %(missing)s atau kurang; "
            "selebihnya dapat Anda bagi ke tempat lain."
        )
        % values
    )


def aim_text(draft: PledgeDraft) -> str:
    """Whom it is for: "RW 03 Manggarai (K-2026-00012)", or the wish."""
    if draft.need is not None:
        return f"{draft.aim_name} ({draft.need.number})"
    return _("tempat yang paling membutuhkan di %(region)s") % {"region": draft.aim_name}


def route_text(draft: PledgeDraft, permit: Permit | None) -> str:
    """How it gets there; of an aggregator with the permit that is in force now."""
    if draft.route != Route.AGGREGATOR or draft.aggregator is None:
        return _("dikirim sendiri, langsung kepada penerima")
    if permit is None:
        return _("melalui %(name)s (izinnya sedang tidak berlaku)") % {"name": draft.aggregator.name}
    return _("melalui %(name)s, izin %(number)s dari %(issuer)s, berlaku sampai %(until)s") % {
        "name": draft.aggregator.name,
        "number": permit.number,
        "issuer": permit.issuer,
        "until": when(permit.valid_until, "day"),
    }


def schedule_text(draft: PledgeDraft) -> str:
    if draft.schedule:
        return when(draft.schedule, "day")
    return _("ditentukan bersama asesor")


def source_text(draft: PledgeDraft) -> str | LazyText:
    return FundSource(draft.source).label if draft.source else ""


def statement(draft: PledgeDraft, organisation: Organisation, permit: Permit | None) -> str:
    """The letter (surat pernyataan) of a complete draft, as it is shown, agreed to and kept."""
    aid = draft.aid_type
    quantity = draft.quantity or 0
    value = draft.value
    said = f"{amount(aid, quantity)} ({words(quantity, aid.unit_name)})"
    worth = (
        _(", senilai %(value)s menurut nilai acuan") % {"value": rupiah(value)}
        if value is not None and aid.kind != AidKind.MONEY
        else ""
    )
    named = (
        _("Nama kami boleh disebut kepada publik sebagai pemberi bantuan ini.")
        if draft.may_be_named
        else _("Nama kami tidak disebut kepada publik.")
    )
    paragraphs = [
        _("SURAT PERNYATAAN IKRAR BANTUAN"),
        _("Kami, %(name)s (%(kind)s), menyatakan dengan sadar dan tanpa paksaan:")
        % {"name": organisation.name, "kind": organisation.get_collaborator_kind_display()},
        _("1. Kami berikrar memberi %(aid)s sejumlah %(quantity)s%(worth)s, untuk %(aim)s.")
        % {"aid": aid_in_sentence(aid), "quantity": said, "worth": worth, "aim": aim_text(draft)},
        _("2. Bantuan ini %(route)s. Rencana waktu: %(schedule)s.")
        % {"route": route_text(draft, permit), "schedule": schedule_text(draft)},
        _("3. Sumbernya %(source)s, diperoleh secara sah, dan bukan milik pihak lain.")
        % {"source": source_text(draft)},
        _(
            "4. Bantuan ini tidak bersyarat: penerima tidak diminta membayar, memilih, atau membalas dengan apa pun, "
            "dan tidak ada pungutan dalam penyalurannya."
        ),
        _(
            "5. Bantuan ini layak dipakai. Bila berupa makanan, bantuan ini halal, jauh dari tanggal kedaluwarsa, "
            "dan aman dimakan."
        ),
        _(
            "6. Kami bersedia dihubungi asesor, dan bila ada perubahan kami mengurangi atau membatalkan ikrar ini "
            "sebelum bantuan direncanakan berangkat."
        ),
        _("7. Kami mengerti bahwa ikrar belum dihitung sebagai bantuan sampai berita acaranya diterima."),
        f"8. {named}",
        _("Disetujui secara elektronik pada %(day)s.") % {"day": when(clock.today(), "day")},
    ]
    return "\n\n".join(paragraphs)


def fingerprint(text: str) -> str:
    """Tells whether the letter that is agreed to is still the one that was shown."""
    return sha256(text.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class NextStep:
    """What has to happen, who owes it, and by when (a moment or a day, if there is one)."""

    what: str
    who: str
    due: datetime | None = None


def contact_before_answer() -> timedelta:
    """How far the first contact lies from the end of the hold (negative: before it)."""
    return timedelta(hours=settings.KSBB_CONTACT_HOURS - settings.KSBB_HOLD_HOURS)


def contact_due(commitment: Commitment) -> datetime:
    """By when an assessor has to call: counted from when it was sent, or sent again (then it was held anew)."""
    assert commitment.answer_by is not None  # what waits for an answer has a time for it
    return commitment.answer_by + contact_before_answer()


def next_step(commitment: Commitment) -> NextStep | None:
    """The next step of a commitment as its collaborator reads it, or None when nothing is left to do."""
    assessor, receiver = _("asesor"), _("penerima")
    executor = str(commitment.executor or commitment.pledge.collaborator)
    unit = commitment.aid_type
    if commitment.state == CommitmentState.SUBMITTED:
        if commitment.contacted_at is None:
            return NextStep(_("Menghubungi Anda"), assessor, contact_due(commitment))
        return NextStep(_("Menerima atau menolak ikrar ini"), assessor, commitment.answer_by)
    if commitment.state != CommitmentState.ACCEPTED:
        return None
    planned = sum(allocation.planned for allocation in commitment.allocations.all())
    if commitment.received > commitment.verified:
        rest = amount(unit, commitment.received - commitment.verified)
        return NextStep(_("Memeriksa berita acara %(amount)s") % {"amount": rest}, assessor)
    if commitment.dispatched > commitment.received:
        rest = amount(unit, commitment.dispatched - commitment.received)
        return NextStep(_("Menghitung %(amount)s dan membuat berita acara") % {"amount": rest}, receiver)
    if planned:
        return NextStep(
            _("Mengirim %(amount)s yang direncanakan") % {"amount": amount(unit, planned)}, executor
        )
    if commitment.unallocated:
        rest = amount(unit, commitment.unallocated)
        return NextStep(_("Mengalokasikan %(amount)s ke kebutuhan") % {"amount": rest}, assessor)
    if commitment.route == Route.AGGREGATOR and commitment.converted < commitment.live:
        if not commitment.funded:
            return NextStep(
                _("Mengirim dana kepada %(name)s") % {"name": commitment.aggregator},
                str(commitment.pledge.collaborator),
            )
        return NextStep(_("Membelanjakan dana menjadi bantuan"), str(commitment.aggregator))
    return NextStep(_("Merencanakan pengiriman"), executor)
