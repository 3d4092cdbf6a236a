"""The table of verbs of a figure from outside the platform."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from accounts.verbs import NEW, Table, Verb, states


class OutsideState(StrEnum):
    RECORDED = "recorded"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


OUTSIDE_STATE_LABELS = {
    OutsideState.RECORDED: _("dicatat, belum tampil"),
    OutsideState.PUBLISHED: _("tampil di statistik"),
    OutsideState.WITHDRAWN: _("ditarik"),
}

_R, _P, _W = OutsideState.RECORDED, OutsideState.PUBLISHED, OutsideState.WITHDRAWN

OUTSIDE = Table(
    "outside figure",
    OutsideState,
    Verb("record", states(NEW), _R, Permission.OUTSIDE_RECORD, _("Catat angka"), _("Angka dicatat")),
    Verb("edit", states(_R), None, Permission.OUTSIDE_RECORD, _("Ubah"), _("Catatan diubah")),
    Verb("publish", states(_R, _W), _P, Permission.OUTSIDE_RECORD, _("Tampilkan di statistik"), _("Angka ditampilkan")),
    Verb("correct", states(_P), None, Permission.OUTSIDE_RECORD, _("Koreksi"), _("Angka dikoreksi"), needs_reason=True),
    Verb("withdraw", states(_R, _P), _W, Permission.OUTSIDE_RECORD, _("Tarik"), _("Angka ditarik"),
         needs_reason=True, danger=True),
)  # fmt: skip
