"""Reports of misconduct in the demo data: invented, in every state, some of them late."""

from collections.abc import Callable
from datetime import datetime, timedelta

from accounts import clock
from accounts.models import User
from donations.demo.cast import EAST, PROVINCE, RW_OF_DEMO, SOUTH, Cast
from donations.handovers.models import Handover
from donations.handovers.states import HandoverState
from donations.misconduct import actions
from donations.misconduct.codes import in_groups
from donations.misconduct.kinds import Kind, Post
from donations.misconduct.models import Case

# The code of the demo's open case, as the page of stories of the demo tells it.
CODE = in_groups("CNTHCNTHCNTHCNTHCNTH")
TEXTS: dict[Kind, str] = {
    Kind.LEVY: "Saat mengambil paket sembako kami diminta membayar Rp10.000 “uang lelah” per keluarga. Yang tidak "
    "membayar disuruh kembali besok. Tidak ada kuitansi. (contoh)",
    Kind.WITHHELD: "Sekitar dua puluh paket masih ditumpuk di gudang sejak pekan lalu, padahal di daftar tertulis sudah "
    "dibagikan semuanya. (contoh)",
    Kind.SHORT: "Di berita acara tertulis paket lengkap, tetapi beras yang kami terima hanya tiga kilogram, bukan lima. "
    "(contoh)",
    Kind.RECIPIENTS: "Beberapa rumah yang mampu menerima dua paket, sedangkan janda lanjut usia di gang belakang tidak "
    "mendapat. (contoh)",
    Kind.FALSE_REPORT: "Foto serah terima yang dipasang diambil dari acara lain; hari itu tidak ada pembagian. (contoh)",
    Kind.PERMIT: "Ada yang menggalang uang lewat pesan berantai atas nama KSBB dengan rekening pribadi. (contoh)",
}  # fmt: skip
# Days ago, kind, city, whom it is about, how far it came.
PLAN: tuple[tuple[int, Kind, str, tuple[Post, ...], str], ...] = (
    (212, Kind.LEVY, SOUTH, (Post.RW,), "resolved"), (205, Kind.LEVY, EAST, (Post.RW,), "resolved"),
    (198, Kind.SHORT, SOUTH, (Post.DELIVERER,), "resolved"), (190, Kind.LEVY, SOUTH, (Post.RW,), "rejected"),
    (177, Kind.PERMIT, EAST, (Post.UNKNOWN,), "resolved"), (166, Kind.SHORT, EAST, (Post.DELIVERER,), "rejected"),
    (151, Kind.LEVY, EAST, (Post.RW, Post.VILLAGE), "resolved"), (140, Kind.WITHHELD, SOUTH, (Post.RW,), "resolved"),
    (133, Kind.SHORT, SOUTH, (Post.DELIVERER,), "resolved"), (120, Kind.RECIPIENTS, EAST, (Post.RW,), "rejected"),
    (104, Kind.LEVY, "31.73", (Post.RW,), "resolved"), (96, Kind.SHORT, EAST, (Post.DELIVERER,), "resolved"),
    (88, Kind.LEVY, SOUTH, (Post.RW,), "rejected"), (71, Kind.SHORT, SOUTH, (Post.DELIVERER,), "rejected"),
    (64, Kind.FALSE_REPORT, SOUTH, (Post.RW, Post.CITY), "resolved"), (49, Kind.LEVY, EAST, (Post.RW,), "rejected"),
    (33, Kind.LEVY, "31.72", (Post.RW,), "coordinated"), (24, Kind.WITHHELD, SOUTH, (Post.RW,), "coordinated"),
    (6, Kind.RECIPIENTS, SOUTH, (Post.UNKNOWN,), "acknowledged"),
    (9, Kind.SHORT, EAST, (Post.DELIVERER,), "acknowledged"),
    (5, Kind.PERMIT, SOUTH, (Post.UNKNOWN,), "received"), (1, Kind.LEVY, EAST, (Post.RW,), "received"),
)  # fmt: skip
REASONS = {
    "coordinate": "Dibicarakan dengan kelurahan dan suku dinas; pelapor tidak disebut. (contoh)",
    "resolve": "Terbukti. Uangnya dikembalikan, dan pengurus yang bersangkutan diganti. (contoh)",
    "reject": "Tidak terbukti: jumlahnya kami hitung ulang bersama dua saksi dan cocok. (contoh)",
}
WAY = {
    "received": (), "acknowledged": ("acknowledge",), "coordinated": ("acknowledge", "coordinate"),
    "resolved": ("acknowledge", "coordinate", "resolve"), "rejected": ("acknowledge", "coordinate", "reject"),
}  # fmt: skip
AFTER = {"acknowledge": 1, "coordinate": 5, "resolve": 19, "reject": 13}


def report_misconduct(cast: Cast, until: datetime) -> int:
    """Reports over the last seven months, and one about a handover of the demo's RW; how many verbs that took."""
    verbs = 0
    for number, (days, kind, city, posts, state) in enumerate(PLAN):
        begun = until - timedelta(days=days, hours=number % 9)
        region = next(
            row for code, row in cast.regions.items() if code.startswith(f"{city}.") and row.level == "rw"
        )
        report = actions.Report(
            kind=kind, text=TEXTS[kind], region=region, posts=[post.value for post in posts],
            happened_on=begun.date() - timedelta(days=2),
        )  # fmt: skip
        with clock.at(begun):
            case = actions.receive(report=report, code=in_groups(f"CNTH{number:04d}".ljust(20, "X")))
        verbs += 1 + _walk(case, cast, begun, WAY[state])
    return verbs + _talked_about(cast, until)


def _walk(case: Case, cast: Cast, begun: datetime, way: tuple[str, ...]) -> int:
    by = cast.inspectors.get(case.office_id)
    assert by is not None
    for verb in way:
        with clock.at(begun + timedelta(days=AFTER[verb], hours=3)):
            act: Callable[..., Case] = getattr(actions, verb)
            case = act(case=case, by=by, **({"reason": REASONS[verb]} if verb in REASONS else {}))
    return len(way)


def _talked_about(cast: Cast, until: datetime) -> int:
    """One about a handover of the demo's RW, with messages both ways: its officials and assessors do not see it."""
    found = Handover.objects.filter(
        state=HandoverState.VERIFIED, delivery__region=RW_OF_DEMO, delivery__site=None
    )
    handover = found.order_by("-arrived_at", "-pk").first()
    report = actions.Report(
        kind=Kind.SHORT, text=TEXTS[Kind.SHORT], region=cast.regions[RW_OF_DEMO], posts=[Post.RW.value],
        place="Balai warga", thing=handover,
    )  # fmt: skip
    inspector: User = cast.inspectors[PROVINCE]
    begun = until - timedelta(days=2, hours=4)
    with clock.at(begun):
        case = actions.receive(report=report, code=CODE)
    with clock.at(begun + timedelta(hours=20)):
        case = actions.acknowledge(case=case, by=inspector)
        actions.reply(
            case=case, by=inspector, text="Terima kasih. Apakah kantong berasnya masih ada? (contoh)"
        )
    with clock.at(begun + timedelta(hours=27)):
        actions.write(case=case, text="Masih. Fotonya saya susulkan hari ini. (contoh)")
    with clock.at(begun + timedelta(hours=28)):
        actions.note(case=case, by=inspector, text="Bandingkan dengan surat jalannya. (contoh)")
    return 5
