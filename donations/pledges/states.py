"""The verbs of a commitment and of its redirections. A pledge is the envelope: its commitments have the states."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from accounts.verbs import NEW, Table, Verb, states


class CommitmentState(StrEnum):
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    LAPSED = "lapsed"
    FULFILLED = "fulfilled"
    CLOSED_SHORT = "closed_short"


COMMITMENT_STATE_LABELS = {
    CommitmentState.SUBMITTED: _("menunggu jawaban"),
    CommitmentState.ACCEPTED: _("diterima asesor"),
    CommitmentState.DECLINED: _("ditolak"),
    CommitmentState.CANCELLED: _("dibatalkan"),
    CommitmentState.EXPIRED: _("lewat waktu"),
    CommitmentState.LAPSED: _("gugur"),
    CommitmentState.FULFILLED: _("terpenuhi"),
    CommitmentState.CLOSED_SHORT: _("ditutup kurang"),
}

# Those that count as committed in the published definitions.
COMMITTED = (CommitmentState.ACCEPTED, CommitmentState.FULFILLED, CommitmentState.CLOSED_SHORT)

COMMITMENT = Table(
    "commitment",
    CommitmentState,
    Verb("submit", states(NEW), CommitmentState.SUBMITTED, Permission.PLEDGE_SUBMIT,
         _("Kirim ikrar"), _("Ikrar dikirim")),
    Verb("contact", states("submitted", "accepted"), None, Permission.COMMITMENT_ANSWER,
         _("Catat kontak"), _("Kolaborator dihubungi")),
    Verb("accept", states("submitted"), CommitmentState.ACCEPTED, Permission.COMMITMENT_ANSWER,
         _("Terima"), _("Ikrar diterima asesor")),
    Verb("decline", states("submitted"), CommitmentState.DECLINED, Permission.COMMITMENT_ANSWER,
         _("Tolak"), _("Ikrar ditolak"), needs_reason=True, danger=True),
    Verb("found_need", states("submitted"), CommitmentState.ACCEPTED, Permission.COMMITMENT_ANSWER,
         _("Jadikan kebutuhan"), _("Tawaran dijadikan kebutuhan dan diterima")),
    Verb("redirect", states("submitted"), None, Permission.COMMITMENT_ANSWER,
         _("Arahkan ke kebutuhan lain"), _("Tawaran diarahkan ke kebutuhan lain"), needs_reason=True),
    Verb("allocate", states("accepted"), None, Permission.COMMITMENT_ALLOCATE,
         _("Alokasikan"), _("Dialokasikan ke kebutuhan")),
    Verb("release", states("accepted"), None, Permission.COMMITMENT_ALLOCATE,
         _("Lepaskan alokasi"), _("Alokasi dilepaskan"), needs_reason=True),
    Verb("entrust", states("accepted"), None, Permission.COMMITMENT_ENTRUST,
         _("Tunjuk pelaksana"), _("Pelaksana ditunjuk")),
    Verb("fund", states("accepted"), None, Permission.COMMITMENT_FUND,
         _("Catat dana masuk"), _("Dana diterima agregator")),
    Verb("convert", states("accepted"), None, Permission.COMMITMENT_FUND,
         _("Catat pembelian"), _("Dana dibelanjakan menjadi bantuan")),
    Verb("reduce", states("submitted", "accepted"), None, Permission.COMMITMENT_CANCEL,
         _("Kurangi jumlah"), _("Jumlah ikrar dikurangi"), needs_reason=True),
    Verb("reschedule", states("submitted", "accepted"), None, Permission.COMMITMENT_CHANGE,
         _("Ubah tanggal"), _("Rencana kirim diubah")),
    Verb("reroute", states("submitted", "accepted"), None, Permission.COMMITMENT_CHANGE,
         _("Ubah cara atau agregator"), _("Cara penyaluran diubah")),
    Verb("divert", states("submitted", "accepted"), None, Permission.COMMITMENT_DIVERT,
         _("Alihkan"), _("Dialihkan ke kebutuhan lain")),
    Verb("note", states("submitted", "accepted"), None, Permission.COMMITMENT_CHANGE,
         _("Ubah pesan kepada asesor"), _("Pesan kepada asesor diubah")),
    Verb("name", frozenset(CommitmentState), None, Permission.COMMITMENT_CHANGE,
         _("Ubah penyebutan nama"), _("Penyebutan nama diubah")),
    Verb("cancel", states("submitted", "accepted"), CommitmentState.CANCELLED, Permission.COMMITMENT_CANCEL,
         _("Batalkan"), _("Ikrar dibatalkan"), needs_reason=True, danger=True),
    Verb("expire", states("submitted"), CommitmentState.EXPIRED, None,
         _("Lewat waktu"), _("Tidak dijawab pada waktunya; jumlahnya terbuka lagi"), by_platform=True),
    Verb("lapse", states("accepted"), CommitmentState.LAPSED, Permission.COMMITMENT_ANSWER,
         _("Nyatakan gugur"), _("Ikrar gugur; jumlahnya terbuka lagi"), needs_reason=True, danger=True),
    Verb("restore", states("expired", "lapsed", "declined", "cancelled"), CommitmentState.SUBMITTED,
         Permission.COMMITMENT_RESTORE, _("Ajukan lagi"), _("Ikrar diajukan lagi")),
    Verb("fulfil", states("accepted"), CommitmentState.FULFILLED, None,
         _("Terpenuhi"), _("Seluruh ikrar diterima dan terverifikasi"), by_platform=True),
    Verb("close_short", states("accepted"), CommitmentState.CLOSED_SHORT, Permission.COMMITMENT_ANSWER,
         _("Tutup kurang"), _("Ditutup dengan jumlah kurang"), needs_reason=True, danger=True),
)  # fmt: skip


class AllocationState(StrEnum):
    """Derived by the verbs of its commitment, its deliveries and their reports."""

    HELD = "held"
    RESERVED = "reserved"
    RELEASED = "released"


class RepeatState(StrEnum):
    ACTIVE = "active"
    ENDED = "ended"


REPEAT_STATE_LABELS = {
    RepeatState.ACTIVE: _("berulang tiap bulan"),
    RepeatState.ENDED: _("tidak berulang lagi"),
}

REPEAT = Table(
    "repeat",
    RepeatState,
    Verb("start", states(NEW), RepeatState.ACTIVE, Permission.PLEDGE_SUBMIT,
         _("Ulangi tiap bulan"), _("Ikrar akan berulang tiap bulan")),
    Verb("announce", states("active"), None, None,
         _("Beri tahu"), _("Ulangan berikutnya diberitahukan"), by_platform=True),
    Verb("make", states("active"), None, None,
         _("Kirim ulangan"), _("Ulangan dikirim sebagai komitmen baru"), by_platform=True),
    Verb("miss", states("active"), None, None,
         _("Lewatkan"), _("Ulangan tidak dapat dikirim bulan ini"), needs_reason=True, by_platform=True),
    Verb("skip", states("active"), None, Permission.PLEDGE_SUBMIT,
         _("Lewati bulan berikutnya"), _("Satu bulan dilewati")),
    Verb("end", states("active"), RepeatState.ENDED, Permission.PLEDGE_SUBMIT,
         _("Akhiri ulangan"), _("Ulangan diakhiri")),
    Verb("complete", states("active"), RepeatState.ENDED, None,
         _("Selesai"), _("Semua ulangan sudah dikirim"), by_platform=True),
)  # fmt: skip


class RedirectState(StrEnum):
    """Asked by the giver, or proposed by an assessor; the other side answers."""

    ASKED = "asked"
    PROPOSED = "proposed"
    DONE = "done"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


REDIRECT_STATE_LABELS = {
    RedirectState.ASKED: _("menunggu asesor"),
    RedirectState.PROPOSED: _("menunggu kolaborator"),
    RedirectState.DONE: _("dialihkan"),
    RedirectState.DECLINED: _("tidak disetujui"),
    RedirectState.WITHDRAWN: _("ditarik"),
    RedirectState.LAPSED: _("gugur"),
}
OPEN_REDIRECTS = (RedirectState.ASKED, RedirectState.PROPOSED)

REDIRECT = Table(
    "redirect",
    RedirectState,
    Verb("ask", states(NEW), RedirectState.ASKED, Permission.REDIRECT_ASK,
         _("Minta dialihkan"), _("Kolaborator meminta pengalihan"), private=True),
    Verb("propose", states(NEW), RedirectState.PROPOSED, Permission.COMMITMENT_ALLOCATE,
         _("Usulkan pengalihan"), _("Asesor mengusulkan pengalihan"), needs_reason=True, private=True),
    Verb("agree", states("asked"), RedirectState.DONE, Permission.COMMITMENT_ALLOCATE,
         _("Setujui pengalihan"), _("Pengalihan disetujui asesor"), private=True),
    Verb("decline", states("asked"), RedirectState.DECLINED, Permission.COMMITMENT_ALLOCATE,
         _("Tolak pengalihan"), _("Pengalihan ditolak asesor"), needs_reason=True, danger=True, private=True),
    Verb("withdraw", states("asked"), RedirectState.WITHDRAWN, Permission.REDIRECT_ASK,
         _("Tarik permintaan"), _("Permintaan pengalihan ditarik"), private=True),
    Verb("accept", states("proposed"), RedirectState.DONE, Permission.REDIRECT_ASK,
         _("Setujui usulan"), _("Usulan pengalihan disetujui kolaborator"), private=True),
    Verb("refuse", states("proposed"), RedirectState.DECLINED, Permission.REDIRECT_ASK,
         _("Tolak usulan"), _("Usulan pengalihan ditolak kolaborator"), needs_reason=True, danger=True, private=True),
    Verb("retract", states("proposed"), RedirectState.WITHDRAWN, Permission.COMMITMENT_ALLOCATE,
         _("Tarik usulan"), _("Usulan pengalihan ditarik"), private=True),
    Verb("lapse", states("asked", "proposed"), RedirectState.LAPSED, None,
         _("Gugur"), _("Pengalihan gugur bersama ikrarnya"), by_platform=True, private=True),
)  # fmt: skip
