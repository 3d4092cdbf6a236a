"""The table of verbs of a handover report (BAST)."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from accounts.verbs import NEW, Table, Verb, states


class HandoverState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    VERIFIED = "verified"
    DISPUTED = "disputed"
    DISCARDED = "discarded"


HANDOVER_STATE_LABELS = {
    HandoverState.DRAFT: _("draf"),
    HandoverState.SUBMITTED: _("menunggu verifikasi"),
    HandoverState.RETURNED: _("dikembalikan untuk diperbaiki"),
    HandoverState.VERIFIED: _("terverifikasi"),
    HandoverState.DISPUTED: _("disengketakan"),
    HandoverState.DISCARDED: _("dibuang"),
}

# Those whose counts are in force: received good by these reports is delivered.
IN_FORCE = (HandoverState.SUBMITTED, HandoverState.VERIFIED, HandoverState.DISPUTED)

HANDOVER = Table(
    "handover",
    HandoverState,
    Verb("start", states(NEW), HandoverState.DRAFT, Permission.HANDOVER_REPORT,
         _("Buat berita acara"), _("Berita acara mulai dibuat")),
    Verb("save", states("draft", "returned"), None, Permission.HANDOVER_REPORT,
         _("Simpan"), _("Isian disimpan"), silent=True),
    # One official at a time writes a report; who goes on where another one was writing is asked first.
    Verb("take", states("draft", "returned"), None, Permission.HANDOVER_REPORT,
         _("Lanjutkan menulis"), _("Pengurus ini mulai menulis"), private=True),
    Verb("submit", states("draft", "returned"), HandoverState.SUBMITTED, Permission.HANDOVER_REPORT,
         _("Ajukan berita acara"), _("BAST diajukan")),
    # A returned report can be withdrawn too: its delivery may have failed meanwhile.
    Verb("discard", states("draft", "returned"), HandoverState.DISCARDED, Permission.HANDOVER_REPORT,
         _("Buang laporan"), _("Laporan dibuang"), danger=True),
    Verb("verify", states("submitted"), HandoverState.VERIFIED, Permission.HANDOVER_VERIFY,
         _("Verifikasi"), _("Diverifikasi")),
    Verb("send_back", states("submitted"), HandoverState.RETURNED, Permission.HANDOVER_VERIFY,
         _("Kembalikan untuk diperbaiki"), _("Dikembalikan untuk diperbaiki"), needs_reason=True),
    Verb("dispute", states("submitted"), HandoverState.DISPUTED, Permission.HANDOVER_DISPUTE,
         _("Sengketakan"), _("Disengketakan"), needs_reason=True, danger=True),
    Verb("settle", states("disputed"), HandoverState.SUBMITTED, Permission.HANDOVER_VERIFY,
         _("Selesaikan sengketa"), _("Sengketa diselesaikan; menunggu verifikasi"), needs_reason=True),
    Verb("clear", states("verified"), None, Permission.HANDOVER_VERIFY,
         _("Pilih foto untuk galeri"), _("Foto untuk galeri dipilih")),
)  # fmt: skip

# Verbs of those who made a report: whoever performed one of these neither verifies nor confirms it.
MADE_BY = ("start", "take", "submit")
