"""The base of forms that perform a verb on a commitment, and what they choose from."""

from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.once import check_seen, hold, last_move
from donations.pledges import actions
from donations.pledges.models import Commitment
from regions.notation import number


class VerbForm(forms.Form):
    """Asks what a verb needs, and performs it once.

    `seen` is the newest journal row when the form was drawn: a form that comes twice is done once, and one
    that was overtaken by somebody else is shown again.
    """

    verb: ClassVar[str] = ""
    lead: ClassVar[str | Promise] = ""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, commitment: Commitment, user: User, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.commitment, self.user = commitment, user
        self.initial.setdefault("seen", last_move(commitment))
        self.prepare()

    @property
    def unit(self) -> str:
        return self.commitment.aid_type.unit_name

    def prepare(self) -> None:
        """Fill in choices and first values."""

    def number(self, name: str, unit: str = "") -> None:
        """Say the unit of a number."""
        self.fields[name].widget.attrs["data-unit"] = unit or self.unit

    @transaction.atomic
    def perform(self) -> None:
        """Do it. Raises `Repeated` for a form that came twice, and what the action raises."""
        hold(self.commitment)
        seen = self.cleaned_data.get("seen")
        if seen is not None:
            check_seen(self.commitment, seen=seen, verb=self.verb, by=self.user)
        self.act()

    def act(self) -> None:
        raise NotImplementedError

    def retry(self) -> None:
        """Take note of what happened meanwhile, so that the person can look and send again."""
        self.data = {**self.data.dict(), "seen": str(last_move(self.commitment))}  # type: ignore[attr-defined]


class ReasonForm(VerbForm):
    reason = forms.CharField(
        label=_("Alasan"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dibaca oleh semua yang terlibat dan disimpan di riwayat."),
        error_messages={"required": _("Tuliskan alasannya.")},
    )  # fmt: skip

    def act(self) -> None:
        action = getattr(actions, self.verb)
        action(commitment=self.commitment, by=self.user, reason=self.cleaned_data["reason"])


class NeedChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        """ "RW 12 Manggarai · masih kurang 410 paket"."""
        missing = f"{number(obj.missing)} {obj.aid_type.unit_name}"
        return gettext("%(name)s · masih kurang %(missing)s") % {
            "name": obj.recipient_name,
            "missing": missing,
        }


class AllocationChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        """ "RW 12 Manggarai · bisa dilepaskan 40 paket"."""
        free = f"{number(obj.free)} {obj.need.aid_type.unit_name}"
        return gettext("%(name)s · bisa dilepaskan %(free)s") % {
            "name": obj.need.recipient_name,
            "free": free,
        }
