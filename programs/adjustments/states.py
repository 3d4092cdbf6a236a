"""The table of verbs of what a recipient asks about a need."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from accounts.verbs import NEW, Table, Verb, states
from programs.states import NeedState


class Wanted(StrEnum):
    """What is asked for."""

    LESS = "less"
    PAUSE = "pause"
    RESUME = "resume"


WANTED_LABELS = {
    Wanted.LESS: _("jumlahnya dikurangi"),
    Wanted.PAUSE: _("dijeda dulu"),
    Wanted.RESUME: _("dibuka lagi"),
}
# What can be asked of a need in a state; of a draft or a closed one nothing.
POSSIBLE: dict[str, tuple[Wanted, ...]] = {
    NeedState.PUBLISHED: (Wanted.LESS, Wanted.PAUSE),
    NeedState.PAUSED: (Wanted.LESS, Wanted.RESUME),
}


class AdjustmentState(StrEnum):
    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


ADJUSTMENT_STATE_LABELS = {
    AdjustmentState.ASKED: _("menunggu asesor"),
    AdjustmentState.AGREED: _("disetujui"),
    AdjustmentState.DECLINED: _("tidak disetujui"),
    AdjustmentState.WITHDRAWN: _("ditarik"),
}

ADJUSTMENT = Table(
    "adjustment",
    AdjustmentState,
    Verb("ask", states(NEW), AdjustmentState.ASKED, Permission.ADJUSTMENT_ASK,
         _("Kirim permintaan"), _("Penerima meminta perubahan"), needs_reason=True, private=True),
    Verb("agree", states("asked"), AdjustmentState.AGREED, Permission.NEED_PUBLISH,
         _("Setujui permintaan"), _("Permintaan penerima disetujui"), needs_reason=True, private=True),
    Verb("decline", states("asked"), AdjustmentState.DECLINED, Permission.NEED_PUBLISH,
         _("Tolak permintaan"), _("Permintaan penerima ditolak"), needs_reason=True, danger=True, private=True),
    Verb("withdraw", states("asked"), AdjustmentState.WITHDRAWN, Permission.ADJUSTMENT_ASK,
         _("Tarik permintaan"), _("Permintaan ditarik penerima"), private=True),
)  # fmt: skip
