"""The tables of verbs of a confirmation, and of a draw of recipients who are asked for one."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Permission
from accounts.verbs import NEW, Table, Verb, states


class ConfirmationState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"
    EXPIRED = "expired"


class DrawState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


CONFIRMATION_STATE_LABELS = {
    ConfirmationState.OPEN: pgettext_lazy("confirmation", "belum dijawab"),
    ConfirmationState.ANSWERED: pgettext_lazy("confirmation", "dijawab"),
    ConfirmationState.CLOSED: pgettext_lazy("confirmation", "dijawab, tidak dapat diubah lagi"),
    ConfirmationState.EXPIRED: pgettext_lazy("confirmation", "lewat batas waktunya"),
}
# An answer may be put right for a day; then it stands.
_ANSWERABLE = states("open", "answered")

# Whoever answers by a code has no account here: the platform performs it for them.
CONFIRMATION = Table(
    "confirmation",
    ConfirmationState,
    Verb("ask", states(NEW), ConfirmationState.OPEN, None,
         _("Minta konfirmasi"), _("Konfirmasi diminta"), by_platform=True, private=True),
    Verb("answer", _ANSWERABLE, ConfirmationState.ANSWERED, None,
         _("Jawab"), _("Dijawab lewat kode"), by_platform=True, private=True),
    Verb("affirm", _ANSWERABLE, ConfirmationState.ANSWERED, Permission.CONFIRM_DELIVERY,
         _("Jawab sebagai pengirim"), _("Dijawab pihak pengirim")),
    Verb("attest", _ANSWERABLE, ConfirmationState.ANSWERED, Permission.CONFIRM_PLACE,
         _("Jawab sebagai fasilitator"), _("Dijawab fasilitator")),
    Verb("close", states("answered"), ConfirmationState.CLOSED, None,
         _("Tutup"), _("Jawaban tidak dapat diubah lagi"), by_platform=True, private=True),
    Verb("expire", states("open"), ConfirmationState.EXPIRED, None,
         _("Akhiri"), _("Tidak dijawab sampai batas waktunya"), by_platform=True, private=True),
)  # fmt: skip

DRAW = Table(
    "draw",
    DrawState,
    Verb("draw", states(NEW), DrawState.OPEN, Permission.CONFIRMATION_DRAW,
         _("Minta konfirmasi penerima"), _("Penerima diundi untuk konfirmasi")),
    Verb("print", states("open"), None, Permission.CONFIRMATION_PRINT,
         _("Cetak slip"), _("Slip dicetak"), private=True),
    Verb("cancel", states("open"), DrawState.CANCELLED, Permission.CONFIRMATION_DRAW,
         _("Batalkan undian"), _("Undian dibatalkan"), needs_reason=True, danger=True),
    Verb("close", states("open"), DrawState.CLOSED, None,
         _("Tutup"), _("Undian selesai, hasilnya terbit"), by_platform=True),
)  # fmt: skip

# The verb of a side that answers signed in.
SIGNED_IN = {"deliverer": "affirm", "facilitator": "attest"}
