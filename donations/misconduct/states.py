"""The table of verbs of a case: one report of misconduct and what is done about it."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Permission
from accounts.verbs import NEW, Table, Verb, states


class CaseState(StrEnum):
    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    COORDINATED = "coordinated"
    RESOLVED = "resolved"
    REJECTED = "rejected"


CASE_STATE_LABELS = {
    CaseState.RECEIVED: pgettext_lazy("case", "masuk"),
    CaseState.ACKNOWLEDGED: pgettext_lazy("case", "ditangani"),
    CaseState.COORDINATED: pgettext_lazy("case", "dikoordinasikan"),
    CaseState.RESOLVED: pgettext_lazy("case", "terbukti dan selesai"),
    CaseState.REJECTED: pgettext_lazy("case", "tidak terbukti"),
}
OPEN = (CaseState.RECEIVED, CaseState.ACKNOWLEDGED, CaseState.COORDINATED)
DECIDED = (CaseState.RESOLVED, CaseState.REJECTED)
# Within how many days of the round's begin the step that ends a state is due.
DAYS = {CaseState.RECEIVED: 3, CaseState.ACKNOWLEDGED: 7, CaseState.COORDINATED: 30}
DECIDE_DAYS = DAYS[CaseState.COORDINATED]
# For how long after a decision the reporter may ask that another office looks at it again.
CONTEST_DAYS = 30

_ALL = states(*CaseState)
_OPEN, _DECIDED = states(*OPEN), states(*DECIDED)
_HANDLE = Permission.MISCONDUCT_HANDLE

# The platform performs what a reporter does: whoever holds the secret code has no account here.
CASE = Table(
    "case",
    CaseState,
    Verb("receive", states(NEW), CaseState.RECEIVED, None,
         _("Kirim laporan"), _("Laporan diterima"), by_platform=True),
    Verb("acknowledge", states("received"), CaseState.ACKNOWLEDGED, _HANDLE,
         _("Mulai tangani"), _("Pemeriksa mulai menangani")),
    Verb("coordinate", states("acknowledged"), CaseState.COORDINATED, _HANDLE,
         _("Koordinasikan"), _("Dikoordinasikan dengan pihak terkait"), needs_reason=True),
    Verb("resolve", states("coordinated"), CaseState.RESOLVED, _HANDLE,
         _("Nyatakan terbukti dan selesai"), _("Laporan terbukti dan diselesaikan"), needs_reason=True),
    Verb("reject", states("acknowledged", "coordinated"), CaseState.REJECTED, _HANDLE,
         _("Nyatakan tidak terbukti"), _("Laporan dinyatakan tidak terbukti"), needs_reason=True, danger=True),
    Verb("forward", _OPEN, CaseState.RECEIVED, _HANDLE,
         _("Teruskan ke kantor lain"), _("Diteruskan ke kantor lain"), needs_reason=True),
    Verb("escalate", _OPEN, CaseState.RECEIVED, None,
         _("Naikkan"), _("Lewat batas waktu, dinaikkan ke provinsi"), by_platform=True),
    Verb("reopen", _DECIDED, CaseState.ACKNOWLEDGED, _HANDLE,
         _("Buka kembali"), _("Laporan dibuka kembali"), needs_reason=True),
    Verb("contest", _DECIDED, CaseState.RECEIVED, None,
         _("Minta diperiksa lagi"), _("Pelapor meminta pemeriksaan ulang"), needs_reason=True, by_platform=True),
    Verb("write", _ALL, None, None,
         _("Kirim pesan"), _("Pelapor mengirim pesan"), by_platform=True),
    Verb("attach", _ALL, None, None,
         _("Tambah bukti"), _("Pelapor menambah bukti"), by_platform=True),
    Verb("enclose", _ALL, None, _HANDLE,
         _("Tambah bukti"), _("Pemeriksa menambah bukti")),
    Verb("reply", _ALL, None, _HANDLE,
         _("Jawab pelapor"), _("Pemeriksa menulis kepada pelapor")),
    Verb("note", _ALL, None, _HANDLE,
         _("Simpan catatan"), _("Catatan internal ditambah")),
    Verb("empty", _DECIDED, None, None,
         _("Hapus isi"), _("Isi dan bukti dihapus sesudah masa simpan"), by_platform=True),
)  # fmt: skip
