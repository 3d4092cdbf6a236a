"""What the demo's reports say besides their counts: reasons, sessions, families, and how they were signed."""

import io
import math
import random
from datetime import time, timedelta
from functools import cache

from PIL import Image, ImageDraw

from accounts import clock
from accounts.models import User
from accounts.sheets import Page, readable
from donations.handovers import writing
from donations.handovers.models import Handover, HandoverSignature, Shortfall, Signing
from donations.handovers.queries import lines_of
from donations.handovers.strokes import HIGH, WIDE, Strokes
from donations.handovers.writing import Drawn, Explained, Session
from programs.models import AidKind, PeopleKind

WHY = (
    (Shortfall.WEATHER, "Hujan turun waktu dibongkar, alas kardusnya basah."),
    (Shortfall.HANDLING, "Tertindih waktu diangkut dengan gerobak."),
    (Shortfall.NOT_LOADED, "Tidak ada di mobil; sopir menelepon gudang."),
    (Shortfall.LOST, "Dihitung dua kali, memang tidak ada."),
)
# Of so many reports one is signed with fingers, and one on paper that was photographed.
DRAWN_EVERY, SHEET_EVERY = 3, 90


def explanations(counts: dict[int, tuple[int, int, int]], pens: random.Random) -> dict[int, Explained]:
    """A reason for each line that fell short."""
    return {
        line: Explained(str(why), words)
        for line, (_good, damaged, missing) in counts.items()
        if damaged or missing
        for why, words in [pens.choice(WHY)]
    }


def say_more(report: Handover, by: User, pens: random.Random, number: int) -> None:
    """Sessions where it is a service, families, and how it is signed; `number` counts the reports."""
    lines = lines_of(report)
    sessions = [
        session
        for line in lines
        if line.delivery_line.allocation.commitment.aid_type.kind == AidKind.SERVICE and line.good
        for session in _sessions(line.delivery_line_id, line.good, pens)
    ]
    if sessions:
        writing.set_sessions(handover=report, by=by, sessions=sessions)
    need = lines[0].delivery_line.allocation.need
    if number % 2 == 0:
        people = max(1, round(need.people * min(1.0, lines[0].good / need.target)))
        families = PeopleKind.FAMILIES.value
        counts = {need.people_kind: people}
        if need.people_kind == PeopleKind.RESIDENTS:
            counts[families] = max(1, people // 4)
        writing.set_recipients(handover=report, by=by, counts=counts)
    if number % SHEET_EVERY == 1:
        writing.add_sheet(handover=report, by=by, page=Page(_sheet(), 1, "0" * 63 + "1"))
        writing.sign(handover=report, by=by, how=Signing.SHEET)
    elif number % DRAWN_EVERY == 0:
        roles = HandoverSignature.Role
        drawn = {
            roles.RECEIVER.value: Drawn(signature(pens)), roles.DELIVERER.value: Drawn(signature(pens), "Kurir Contoh"),
            roles.WITNESS.value: Drawn(signature(pens)),
        }  # fmt: skip
        writing.sign(handover=report, by=by, how=Signing.DRAWN, drawn=drawn)


def _sessions(line: int, good: int, pens: random.Random) -> list[Session]:
    """Two or three meetings that all came to; the last one some missed."""
    today, trainer = clock.today(), pens.choice(("Lembaga Pelatihan Contoh", "Sanggar Contoh", ""))
    place = pens.choice(("", "Balai pelatihan"))
    several = pens.choice((2, 3)) if good > 1 else 1
    found = []
    for number in range(several):
        attended = good if number < several - 1 else max(1, round(good * 0.9))
        women = attended * 3 // 5
        found.append(
            Session(
                line, today - timedelta(days=several - 1 - number), time(9), time(12), attended, women, attended - women,
                place, trainer,
            )
        )  # fmt: skip
    return found


def signature(pens: random.Random) -> Strokes:
    """Loops that lean to the right and grow smaller, and a line under them."""
    x, y, size = pens.uniform(90, 160), HIGH / 2, pens.uniform(70, 110)
    loops, lean = pens.randint(4, 7), pens.uniform(0.2, 0.6)
    step = (WIDE - 320) / (loops * 24)
    points: list[int] = []
    for turn in range(loops * 24):
        angle = turn / 24 * 2 * math.pi
        shrink = 1 - 0.6 * turn / (loops * 24)
        high = size * shrink * math.sin(angle)
        points += [
            _within(x + size * shrink * 0.55 * math.cos(angle) - lean * high, WIDE), _within(y + high, HIGH),
        ]  # fmt: skip
        x += step
    under = [_within(140, WIDE), _within(y + size + 30, HIGH), _within(x, WIDE), _within(y + size, HIGH)]
    return [points, under]


def _within(value: float, most: int) -> int:
    return min(most, max(0, round(value)))


@cache
def _sheet() -> bytes:
    """A signed sheet as somebody photographed it on a table, straightened as an upload would be."""
    paper = Image.new("RGB", (1000, 1400), (246, 243, 236))
    draw = ImageDraw.Draw(paper)
    draw.text((330, 90), "BERITA ACARA SERAH TERIMA", fill=(30, 34, 40), font_size=26)
    for row in range(16):
        draw.line((120, 200 + row * 44, 880 - row % 4 * 90, 200 + row * 44), (96, 100, 108), 4)
    pens = random.Random(7)  # noqa: S311 a drawing, not a secret
    for place, label in enumerate(("Pihak kedua", "Pihak pertama")):
        left = 140 + place * 420
        draw.text((left, 980), label, fill=(30, 34, 40), font_size=24)
        for stroke in signature(pens):
            points = [
                (left + x * 0.3, 1040 + y * 0.3) for x, y in zip(stroke[::2], stroke[1::2], strict=True)
            ]
            draw.line(points, (24, 40, 120), 4)
    draw.text((120, 1320), "lembar contoh", fill=(30, 34, 40), font_size=22)
    table = Image.new("RGB", (1200, 1600), (92, 70, 52))
    table.paste(paper.rotate(2, expand=True, fillcolor=(92, 70, 52)), (70, 60))
    out = io.BytesIO()
    table.save(out, "JPEG", quality=88)
    return readable(out.getvalue())
