"""What a giver is asked before a change of the commitment, and both sides about a redirection."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.actions import may
from accounts.models import User
from accounts.once import Repeated, check_seen, hold, last_move
from donations.pledges import actions
from donations.pledges.forms.verbs import AllocationChoice, NeedChoice, VerbForm
from donations.pledges.models import Allocation, Redirect, Route
from donations.pledges.queries import nearest_open, permitted_aggregators
from donations.pledges.queries_officers import needs_to_allocate
from donations.pledges.states import REDIRECT
from programs.models import Need
from regions.amounts import AmountField
from regions.notation import when

TEXT = forms.Textarea(attrs={"rows": 3})


class RescheduleForm(VerbForm):
    verb = "reschedule"
    lead = _("Untuk yang belum direncanakan. Yang sudah direncanakan dipindah di halaman pengirimannya.")

    schedule = forms.DateField(
        label=_("Rencana kirim"), required=False,
        help_text=_("Belum pasti? Kosongkan; tanggalnya ditentukan bersama asesor."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Tulis tanggalnya lengkap, misalnya 15/12/2026.")},
    )  # fmt: skip

    def prepare(self) -> None:
        self.initial.setdefault("schedule", self.commitment.schedule)
        self.fields["schedule"].widget.attrs["min"] = clock.today().isoformat()

    def act(self) -> None:
        actions.reschedule(commitment=self.commitment, by=self.user, schedule=self.cleaned_data["schedule"])


class RerouteForm(VerbForm):
    verb = "reroute"
    lead = _("Hanya selama dananya belum diterima agregator dan belum ada yang direncanakan.")
    DIRECT = "langsung"

    way = forms.ChoiceField(
        label=_("Bagaimana bantuannya sampai?"), widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Izin agregator ini sedang tidak berlaku. Pilih cara lain.")},
    )  # fmt: skip

    def prepare(self) -> None:
        self.permits = {str(permit.organisation_id): permit for permit in permitted_aggregators()}
        field = self.fields["way"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (self.DIRECT, gettext("Kami kirim sendiri")),
            *((key, self._permitted(permit)) for key, permit in self.permits.items()),
        ]
        through = self.commitment.route == Route.AGGREGATOR
        self.initial.setdefault("way", str(self.commitment.aggregator_id) if through else self.DIRECT)

    @staticmethod
    def _permitted(permit: Any) -> str:
        return gettext("Melalui %(name)s (izin %(number)s, berlaku sampai %(until)s)") % {
            "name": permit.organisation.name, "number": permit.number, "until": when(permit.valid_until, "day"),
        }  # fmt: skip

    def act(self) -> None:
        way = self.cleaned_data["way"]
        direct = way == self.DIRECT
        actions.reroute(
            commitment=self.commitment, by=self.user, route=Route.DIRECT if direct else Route.AGGREGATOR,
            aggregator=None if direct else self.permits[way].organisation,
        )  # fmt: skip


class NameForm(VerbForm):
    verb = "name"
    lead = _("Berlaku untuk seluruh ikrar ini, juga untuk bagian lain yang dikirim bersamanya.")

    named = forms.ChoiceField(
        label=_("Boleh nama Anda disebut kepada umum?"), widget=forms.RadioSelect,
        choices=[("ya", _("Ya, sebut nama kami")), ("tidak", _("Tidak; tampilkan sebagai “Tidak ingin disebut”"))],
    )  # fmt: skip

    def prepare(self) -> None:
        self.initial.setdefault("named", "ya" if self.commitment.pledge.may_be_named else "tidak")

    def act(self) -> None:
        named = self.cleaned_data["named"] == "ya"
        actions.name(commitment=self.commitment, by=self.user, may_be_named=named)


class NoteForm(VerbForm):
    verb = "note"
    lead = _("Berlaku untuk seluruh ikrar ini. Untuk bercakap-cakap, pakai pesan.")

    text = forms.CharField(label=_("Pesan kepada asesor"), required=False, max_length=1000, widget=TEXT)

    def prepare(self) -> None:
        self.initial.setdefault("text", self.commitment.pledge.note)

    def act(self) -> None:
        actions.note(commitment=self.commitment, by=self.user, text=self.cleaned_data["text"])


class RedirectForm(VerbForm):
    """Asked by the giver, or proposed by an assessor: which part, to which need of the same aid type, and why."""

    verb = "ask"
    lead = _(
        "Asesor menyetujui atau menolak dengan alasan; ke kota lain, asesor provinsi. Sampai dijawab, alokasinya "
        "tetap di tempat sekarang."
    )
    proposing = _("Kolaborator menyetujui atau menolak. Sampai dijawab, alokasinya tetap di tempat sekarang.")

    allocation = AllocationChoice(
        Allocation.objects.none(), label=_("Dari kebutuhan"), empty_label=None,
        error_messages={"invalid_choice": _("Bagian itu sudah direncanakan, dikirim, atau dilepaskan.")},
    )  # fmt: skip
    need = NeedChoice(
        Need.objects.none(), label=_("Ke kebutuhan"), empty_label=_("Pilih kebutuhan, yang terdekat lebih dulu"),
        error_messages={"required": _("Pilih kebutuhannya."),
                        "invalid_choice": _("Kebutuhan itu baru saja penuh atau tertutup. Pilih yang lain.")},
    )  # fmt: skip
    quantity = AmountField(label=_("Jumlah"))
    reason = forms.CharField(
        label=_("Alasan"), max_length=1000, widget=TEXT,
        help_text=_("Dibaca oleh semua yang terlibat dan disimpan di riwayat."),
        error_messages={"required": _("Tuliskan alasannya.")},
    )  # fmt: skip

    def prepare(self) -> None:
        if not may(self.user, REDIRECT["ask"], self.commitment):
            self.verb, self.lead = "propose", self.proposing  # type: ignore[misc]
        parts = [
            one
            for one in self.commitment.allocations.live().select_related(
                "need__aid_type", "need__region__parent", "need__site"
            )
            if one.free > 0
        ]
        self.fields["allocation"].queryset = Allocation.objects.filter(  # type: ignore[attr-defined]
            pk__in=[one.pk for one in parts]
        ).select_related("need__aid_type", "need__region", "need__site")
        self.fields["need"].queryset = self._needs(parts)  # type: ignore[attr-defined]
        if parts:
            self.initial.setdefault("allocation", parts[0].pk)
            self.initial.setdefault("quantity", parts[0].free)
        self.number("quantity")

    def _needs(self, parts: list[Allocation]) -> Any:
        own = [one.need_id for one in parts]
        if not parts:
            return Need.objects.none()
        if self.verb == "propose":
            return needs_to_allocate(self.commitment, self.user).exclude(pk__in=own)
        return nearest_open(parts[0].need).exclude(pk__in=own)

    def act(self) -> None:
        data = self.cleaned_data
        same = {"allocation": data["allocation"], "need": data["need"], "quantity": data["quantity"]}
        if Redirect.objects.open().filter(**same, moves__actor=self.user).exists():
            raise Repeated
        begin = actions.ask_redirect if self.verb == "ask" else actions.propose_redirect
        begin(**same, by=self.user, reason=data["reason"])


class RedirectVerbForm(forms.Form):
    """An answer to a redirection: performed once, with a reason where the verb wants one."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    lead: str | Promise = ""

    def __init__(self, data: Any = None, *, redirect: Redirect, verb: str, user: User) -> None:
        super().__init__(data)
        self.redirect, self.verb, self.user = redirect, verb, user
        self.initial.setdefault("seen", last_move(redirect))
        if REDIRECT[verb].needs_reason:
            self.fields["reason"] = forms.CharField(
                label=gettext("Alasan"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
                help_text=gettext("Dibaca oleh semua yang terlibat dan disimpan di riwayat."),
                error_messages={"required": gettext("Tuliskan alasannya.")},
            )  # fmt: skip

    @transaction.atomic
    def perform(self) -> None:
        hold(self.redirect)
        seen = self.cleaned_data.get("seen")
        if seen is not None:
            check_seen(self.redirect, seen=seen, verb=self.verb, by=self.user)
        reason = {"reason": self.cleaned_data["reason"]} if "reason" in self.cleaned_data else {}
        getattr(actions, f"{self.verb}_redirect")(redirect=self.redirect, by=self.user, **reason)

    def retry(self) -> None:
        self.data = {**self.data.dict(), "seen": str(last_move(self.redirect))}  # type: ignore[attr-defined]
