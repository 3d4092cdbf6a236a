"""What a version of a report says: read when it is handed in, sealed, and read again to compare.

`facts` are what the report's own rows hold, so that a row that somebody changed behind the platform's back no longer
fits. `words` are what things were called that day (aid, places, the deliverer), for the document. Both, with a random
salt, make the digest, which the journal, the document and the public page repeat.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import override

from accounts.models import CollaboratorKind, Move
from donations.handovers.models import Handover, HandoverLine, HandoverPhoto, HandoverRecord
from donations.handovers.queries import lines_of, roles_of, with_place
from donations.handovers.states import IN_FORCE
from programs.models import AidKind
from regions.codes import Level
from regions.models import Region

FORM = 1
Content = dict[str, Any]
# Who heads an area, and so knows of what is handed over in it.
HEADS = {Level.VILLAGE: "Lurah", Level.DISTRICT: "Camat", Level.CITY: "Wali Kota"}
HEAD_OF_REGENCY = "Bupati"
# What the report's rows keep while a returned report is being corrected.
LASTING = ("code", "number", "delivery")


def seal(handover: Handover) -> HandoverRecord:
    """Keep what is being handed in, as the version that it is. For `submit`, in its transaction."""
    assert handover.submitted_at is not None
    found = with_place(Handover.objects.filter(pk=handover.pk)).get()
    lines = lines_of(handover)
    content = {
        "form": FORM,
        "salt": secrets.token_hex(16),
        "facts": facts_of(handover, lines, handover.photos.all()),
        "words": _words_of(found, lines),
    }
    return HandoverRecord.objects.create(
        handover=handover,
        version=handover.version,
        content=content,
        digest=digest_of(content),
        sealed_at=handover.submitted_at,
    )


def digest_of(content: Content) -> str:
    """The SHA-256 of a content in its one way of writing, whatever order the database keeps its keys in."""
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def facts_of(handover: Handover, lines: Sequence[HandoverLine], photos: Iterable[HandoverPhoto]) -> Content:
    """What the rows of a report say. No query but for what was not loaded."""
    return {
        "code": handover.code,
        "number": handover.number,
        "delivery": handover.delivery_id,
        "version": handover.version,
        "submitted_at": _moment(handover.submitted_at),
        "reported_by": handover.reported_by_id,
        "arrived_at": _moment(handover.arrived_at),
        "place": handover.place,
        "latitude": handover.latitude,
        "longitude": handover.longitude,
        "note": handover.note,
        "receiver": [handover.receiver_name, handover.receiver_position],
        "witness": [handover.witness_name, handover.witness_position],
        "lines": sorted(
            [line.delivery_line_id, line.delivery_line.quantity, line.good, line.damaged, line.missing]
            for line in lines
        ),
        "photos": sorted([photo.pk, photo.sha256, photo.caption] for photo in photos),
        **_said(handover, lines),
    }


def _said(handover: Handover, lines: Sequence[HandoverLine]) -> Content:
    """What reports say since they say more than counts; those sealed before have none of these keys."""
    return {
        "reasons": sorted(
            [line.delivery_line_id, line.why, line.why_words, line.extra, line.extra_words]
            for line in lines
            if line.why or line.extra
        ),
        "sessions": sorted(
            [
                line.delivery_line_id, one.held_on.isoformat(), one.begins.isoformat("minutes"),
                one.ends.isoformat("minutes"), one.place, one.attended, one.women, one.men, one.trainer, one.pk,
            ]
            for line in lines
            for one in line.sessions.all()
        ),
        "recipients": sorted([row.kind, row.count] for row in handover.recipients.all()),
        "signing": handover.signing,
        "signatures": sorted(
            [one.role, one.name, _moment(one.drawn_at), one.strokes] for one in handover.signatures.all()
        ),
        "sheets": sorted([one.position, one.pk, one.sha256, one.page] for one in handover.sheets.all()),
        "recipient_lists": sorted([one.pk, one.sha256] for one in handover.recipient_lists.all()),
    }  # fmt: skip


def differences(
    handover: Handover,
    lines: Sequence[HandoverLine],
    photos: Iterable[HandoverPhoto],
    records: Sequence[HandoverRecord],
    moves: Iterable[Move],
) -> list[str]:
    """The names of what is not as it was handed in; empty if all is. `records` and `moves` are all of the report.

    A report that is being corrected may differ from its last version until it is handed in again.
    """
    found = [f"record {record.version}" for record in records if digest_of(record.content) != record.digest]
    found += _against_journal(records, [move for move in moves if move.verb == "submit"])
    if not records or records[-1].version != handover.version:
        # What was withdrawn or sent back before there were records has none.
        return [*found, *(["no record"] if handover.state in IN_FORCE else [])]
    then, now = records[-1].content["facts"], facts_of(handover, lines, photos)
    names = then.keys() if handover.state in IN_FORCE else LASTING
    return [*found, *(name for name in sorted(names) if then[name] != now.get(name))]


def _against_journal(records: Sequence[HandoverRecord], submits: Sequence[Move]) -> Iterator[str]:
    """The journal repeats the counts, and since there are records their digests."""
    told = {move.data["version"]: move.data for move in submits}
    for record in records:
        data = told.get(record.version)
        counts = {str(pk): kinds for pk, _sent, *kinds in record.content["facts"]["lines"]}
        if data is None or data["lines"] != counts or data.get("digest", record.digest) != record.digest:
            yield f"journal of {record.version}"
    sealed = {record.version for record in records}
    yield from (
        f"record {version}" for version, data in told.items() if "digest" in data and version not in sealed
    )


def _words_of(handover: Handover, lines: Sequence[HandoverLine]) -> Content:
    """How things are called now, in Indonesian: a document is read as it was made."""
    delivery = handover.delivery
    above = _upwards(delivery.region)
    with override("id"):
        return {
            "program": delivery.program.title,
            "agency": delivery.program.lead_agency,
            "executor": delivery.executor.name,
            "is_person": delivery.executor.collaborator_kind == CollaboratorKind.INDIVIDUAL,
            "executor_as": roles_of(delivery.executor, lines),
            "recipient": delivery.recipient_name,
            "is_site": delivery.site is not None,
            "address": delivery.site.address if delivery.site else "",
            "where": [region.official_name for region in above if region.level != Level.RW],
            "head": _head_of(above),
            "delivery": delivery.number,
            "dispatched_at": _moment(delivery.dispatched_at),
            "lines": {str(line.delivery_line_id): _words_of_line(line) for line in lines},
        }


def _words_of_line(line: HandoverLine) -> Content:
    allocation = line.delivery_line.allocation
    commitment = allocation.commitment
    return {
        "aid": commitment.aid_type.title,
        "unit": commitment.aid_type.unit_name,
        "is_money": commitment.aid_type.kind == AidKind.MONEY,
        "is_service": commitment.aid_type.kind == AidKind.SERVICE,
        "need": allocation.need.number,
        "commitment": commitment.number,
        "pledge": commitment.pledge.number,
        "pledged_at": _moment(commitment.pledge.submitted_at),
    }


def _upwards(region: Region) -> list[Region]:
    """The region and all above it, the nearest first."""
    found: list[Region] = []
    here: Region | None = region
    while here is not None:
        found.append(here)
        here = here.parent
    return found


def _head_of(above: Sequence[Region]) -> str:
    """The office that signs as knowing of it: the lurah of the kelurahan, or who heads what is above it."""
    for region in above:
        if region.level in HEADS:
            regency = region.level == Level.CITY and region.official_name.startswith("Kabupaten")
            return f"{HEAD_OF_REGENCY if regency else HEADS[Level(region.level)]} {region.name}"
    return ""


def _moment(value: datetime | None) -> str | None:
    return value.astimezone(UTC).isoformat() if value else None
