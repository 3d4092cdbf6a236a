"""What a pledge comes to, in words: the sum, the letter that is agreed to, and who owes the next step."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256

from django.utils.functional import Promise as LazyText
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import clock
from accounts.models import Organisation, Permit
from donations.pledges import standing
from donations.pledges.models import Aimed, Commitment, PledgeDraft, Redirect, RepeatWish, Route
from donations.pledges.models.commitments import FundSource
from donations.pledges.standing import Names, NextStep, contact_before_answer
from donations.pledges.states import RedirectState
from donations.pledges.way import facts_of
from programs.models import AidType, Need
from programs.models.programs import AidKind
from programs.wording import aid_in_sentence, in_sentence
from programs.wording import quantity_in_unit as amount
from regions.codes import Level, contains
from regions.models import Region
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
    contents = contents_of(aid_type, quantity)
    if contents and quantity > 1:
        notes.append(_("Isinya seluruhnya %(contents)s.") % {"contents": contents})
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


# Below this, rupiah are a slip of the finger; above that, the worth of one quantity is asked about.
LEAST_RUPIAH, MOST_RUPIAH = 10_000, 10_000_000_000


def doubt(quantity: int, aid_type: AidType, missing: int | None = None, region: Region | None = None) -> str:
    """A question about a number far from what is usual; "" where there is nothing to ask.

    `missing`: what open needs in `region` still miss, where a promise aims at all of it.
    """
    said = amount(aid_type, quantity)
    if missing and region is not None and quantity >= 2 * missing:
        return _("%(quantity)s? Itu %(times)s kali yang masih kurang di %(place)s (%(missing)s).") % {
            "quantity": said,
            "times": number(quantity // missing),
            "place": region.full_name,
            "missing": amount(aid_type, missing),
        }
    if aid_type.kind == AidKind.MONEY and quantity < LEAST_RUPIAH:
        return _("%(quantity)s? Kalau maksud Anda ribuan atau jutaan, tulis nolnya lengkap.") % {
            "quantity": said
        }
    worth = quantity * (aid_type.guide_value or 0)
    if worth > MOST_RUPIAH:
        return _("%(quantity)s? Nilainya %(value)s (%(words)s). Periksa nolnya.") % {
            "quantity": said,
            "value": rupiah(worth),
            "words": words(worth, "rupiah"),
        }
    return ""


def contents_of(aid_type: AidType, quantity: int) -> str:
    """What so many packages hold in all: "beras 500 kg, kurma 1,5 kg" (of grams); "" where it cannot be counted."""
    parts = []
    for name, held in aid_type.contents_rows:
        match = re.fullmatch(r"(\d+)(?:[.,](\d+))? *(.*)", held)
        if match is None:
            return ""
        exact = Decimal(f"{match[1]}.{match[2] or 0}") * quantity
        unit = _of_many(match[3]) if match[1] == "1" and exact > 1 else match[3]
        if unit == "g" and exact >= 1000:
            exact, unit = exact / 1000, "kg"
        decimals = max(0, -int(exact.normalize().as_tuple().exponent))
        parts.append(f"{in_sentence(name)} {number(exact, decimals)} {unit}".strip())
    return ", ".join(parts)


def _of_many(unit: str) -> str:
    """English writes "1 can" and "7 cans"; kg and ml stay as they are, and so does Indonesian."""
    if not str(get_language()).startswith("en") or not unit.isalpha() or len(unit) < 3:
        return unit
    return f"{unit}{'es' if unit.endswith(('s', 'x', 'ch', 'sh')) else 's'}"


def aim_text(one: Aimed) -> str:
    """Whom it is for: "RW 03 Manggarai (K-2026-00012)", the place of an offer, or the wish."""
    if one.need is not None:
        return f"{one.aim_name} ({one.need.number})"
    if one.is_offer:
        return _("%(place)s (tawaran; belum ada kebutuhan yang diterbitkan)") % {"place": one.aim_name}
    region = one.region
    if region is not None and region.level in (Level.DISTRICT, Level.VILLAGE):
        # A district and one of its villages may share a name.
        place = f"{region.get_level_display()} {region.full_name}"
        return _("tempat yang paling membutuhkan di %(region)s") % {"region": place}
    return _("tempat yang paling membutuhkan di %(region)s") % {"region": one.aim_name}


def repeat_text(draft: PledgeDraft) -> str | LazyText:
    return RepeatWish(draft.repeat).label if draft.repeat else _("sekali saja")


def total_of(promised: Sequence[Aimed]) -> Sum | None:
    """The rupiah of several quantities together, in figures and in words; None for one, or without a value."""
    values = [one.value for one in promised]
    if len(values) < 2 or None in values:
        return None
    total = sum(value or 0 for value in values)
    line = _("%(count)s bantuan dalam satu ikrar") % {"count": number(len(values))}
    return Sum(line, rupiah(total), words(total, "rupiah"), _("Menurut nilai acuan."))


def route_text(draft: PledgeDraft, permit: Permit | None) -> str:
    """How it gets there; of an aggregator with the permit that is in force now."""
    if draft.route != Route.AGGREGATOR or draft.aggregator is None:
        if all(one.aid_type.kind == AidKind.SERVICE for one in draft.promised()):
            return _("dilaksanakan sendiri, langsung bagi penerima")
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


# Which wording of the letter below this is: told apart when it changes.
LETTER_VERSION = "2026-11-23"


def promise_text(one: Aimed) -> str:
    """One quantity of a letter: what, how much in figures and words, its value, and whom it is for."""
    aid, quantity, value = one.aid_type, one.quantity or 0, one.value
    worth = (
        _(", senilai %(value)s menurut nilai acuan") % {"value": rupiah(value)}
        if value is not None and aid.kind != AidKind.MONEY
        else ""
    )
    said = f"{amount(aid, quantity)} ({words(quantity, aid.unit_name)})"
    return _("%(aid)s sejumlah %(quantity)s%(worth)s, untuk %(aim)s") % {
        "aid": aid_in_sentence(aid),
        "quantity": said,
        "worth": worth,
        "aim": aim_text(one),
    }


def _promises(draft: PledgeDraft) -> str:
    promised = draft.promised()
    if len(promised) == 1:
        return _("1. Kami berikrar memberi %(promise)s.") % {"promise": promise_text(promised[0])}
    listed = "; ".join(f"({chr(97 + place)}) {promise_text(one)}" for place, one in enumerate(promised))
    return _("1. Kami berikrar memberi: %(promises)s.") % {"promises": listed}


def statement(draft: PledgeDraft, organisation: Organisation, permit: Permit | None) -> str:
    """The letter (surat pernyataan) of a complete draft, as it is shown, agreed to and kept."""
    named = (
        _("Nama kami boleh disebut kepada umum sebagai pemberi bantuan ini.")
        if draft.may_be_named
        else _("Nama kami tidak disebut kepada umum.")
    )
    again = (
        _(
            " Ikrar ini berulang (%(repeat)s); tiap ulangan diberitahukan tujuh hari sebelumnya dan dapat kami "
            "lewati atau akhiri."
        )
        % {"repeat": repeat_text(draft)}
        if draft.repeat
        else ""
    )
    paragraphs = [
        _("SURAT PERNYATAAN IKRAR BANTUAN"),
        _("Kami, %(name)s (%(kind)s), menyatakan dengan sadar dan tanpa paksaan:")
        % {"name": organisation.name, "kind": organisation.get_collaborator_kind_display()},
        _promises(draft),
        _("2. Bantuan ini %(route)s. Rencana waktu: %(schedule)s.")
        % {"route": route_text(draft, permit), "schedule": schedule_text(draft)}
        + again,
        _("3. Sumbernya %(source)s, diperoleh secara sah, dan bukan milik pihak lain.")
        % {"source": source_text(draft)},
        _(
            "4. Bantuan ini tidak bersyarat: penerima tidak diminta membayar, memilih, atau membalas dengan apa pun, "
            "dan tidak ada pungutan dalam penyalurannya."
        ),
        _(
            "5. Bantuan ini layak dipakai. Kalau berupa makanan, bantuan ini halal, jauh dari tanggal kedaluwarsa, "
            "dan aman dimakan."
        ),
        _(
            "6. Kami bersedia dihubungi asesor, dan kalau ada perubahan kami mengurangi atau membatalkan ikrar ini "
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


def names_of(commitment: Commitment) -> Names:
    """How the parties of a commitment are called, and its quantities written."""
    return Names(
        amount=lambda quantity: amount(commitment.aid_type, quantity),
        giver=str(commitment.pledge.collaborator),
        aggregator=str(commitment.aggregator or ""),
        executor=str(commitment.executor or commitment.pledge.collaborator),
    )


def contact_due(commitment: Commitment) -> datetime:
    """By when an assessor has to call: counted from when it was sent, or sent again (then it was held anew)."""
    assert commitment.answer_by is not None  # what waits for an answer has a time for it
    return commitment.answer_by + contact_before_answer()


def next_step(commitment: Commitment) -> NextStep | None:
    """The next step of a commitment that `with_way` has read, or None when nothing is left to do."""
    return standing.next_step(facts_of(commitment), names_of(commitment))


def where_it_stands(commitment: Commitment) -> str:
    """One sentence about a commitment that `with_way` has read."""
    return standing.standing(facts_of(commitment), names_of(commitment))


def decided_by(redirect: Redirect) -> str:
    """Who decides on a redirection that a giver asked for, where that is not the office of its place; else empty."""
    above, here = redirect.spans, redirect.allocation.commitment.region.city_code
    if redirect.state != RedirectState.ASKED or above is None or contains(here, above):
        return ""
    name = Region.objects.get(code=above).full_name
    return _(
        "Kedua tempat di kota yang berbeda: yang menyetujui asesor %(area)s, sebab wilayahnya memuat keduanya."
    ) % {"area": name}
