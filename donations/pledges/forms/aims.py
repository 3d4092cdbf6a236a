"""What is promised without a published need: a wish for a region, or an offer to one place."""

from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from donations.pledges.forms.flow import SURE, doubt_of
from donations.pledges.queries import area_called, recipient_called, wish_aid_types, wish_places
from programs.models import AidType
from regions.amounts import AmountField
from regions.codes import contains
from regions.models import Region, Site


class AimForm(forms.Form):
    """What and how much; where is asked by the forms below. Bound to what an address says, it knows what to ask next."""

    # Fields by the question that asks for them. Answers travel in the address; the last question sends.
    questions: ClassVar[tuple[tuple[str, ...], ...]]

    bantuan = forms.ChoiceField(
        label=_("Bantuan apa?"),
        error_messages={
            "required": _("Pilih bentuk bantuannya."),
            "invalid_choice": _("Pilih bentuk bantuannya."),
        },
    )
    jumlah = AmountField(label=_("Berapa banyak?"))

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.doubted: int | None = None
        self.aid_types = {str(aid.pk): aid for aid in wish_aid_types()}
        aid = self.fields["bantuan"]
        assert isinstance(aid, forms.ChoiceField)
        groups: dict[str, list[tuple[str, str]]] = {}
        for key, one in self.aid_types.items():
            label = f"{one.title} ({one.unit_name})"
            groups.setdefault(f"KSBB {one.program.title}", []).append((key, label))
        aid.choices = [("", gettext("Pilih")), *groups.items()]
        self.fields["jumlah"].widget.attrs["maxlength"] = "40"

    @property
    def aid_type(self) -> AidType | None:
        """The chosen one, once the form was read."""
        return self.aid_types.get(getattr(self, "cleaned_data", {}).get("bantuan", ""))

    @property
    def place(self) -> Region | None:
        raise NotImplementedError

    def ask(self, *, sent: bool, again: str = "") -> int:
        """Which question to ask now: that of the field `again`, else the first without a good answer, else the last.

        What is wrong elsewhere, and what nobody was asked yet (unless all of it was `sent`), is not complained of.
        """
        wanted = [names for names in self.questions if again in names]
        wrong = [names for names in self.questions if any(name in self.errors for name in names)]
        names = (wanted or wrong or self.questions[-1:])[0]
        for name in list(self.errors):
            if name not in names or not (sent or name in self.data):
                del self.errors[name]
        return self.questions.index(names)

    def asked(self, question: int) -> list[BoundField]:
        return [self[name] for name in self.questions[question]]

    def carried(self, question: int) -> list[BoundField]:
        """The answers to the other questions."""
        others = [
            self[name] for names in self.questions if names != self.questions[question] for name in names
        ]
        return [field for field in others if field.value()]

    def said(self) -> list[str]:
        """What and where, as far as it is answered."""
        return [
            named
            for named in (self.aid_type and self.aid_type.title, self.place and self.place.full_name)
            if named
        ]

    def check_place(self, field: str) -> None:
        """The program runs there, and the quantity is not far beyond what anybody needs there."""
        aid, place = self.aid_type, self.place
        if aid is None or place is None:
            return
        if not contains(aid.program.region_id, place.code):
            self.add_error(field, _("Program ini tidak berjalan di wilayah itu."))
        quantity = self.cleaned_data.get("jumlah")
        if quantity:
            asked = doubt_of(quantity, aid, self.data.get(SURE), region=place)
            if asked:
                self.doubted = quantity
                self.add_error("jumlah", asked)

    def aim(self) -> dict[str, Any]:
        """What a draft wants to know."""
        return {"aid_type": self.aid_type, "region": self.place, "quantity": self.cleaned_data["jumlah"]}


class WishForm(AimForm):
    """What to give, where it is needed most (a city, or more closely), and how much."""

    wilayah = forms.ChoiceField(
        label=_("Di mana?"),
        help_text=_("Asesor menempatkannya di RW atau lembaga yang paling kekurangan."),
        error_messages={"required": _("Pilih wilayahnya."), "invalid_choice": _("Pilih wilayahnya.")},
    )
    tempat = forms.CharField(
        label=_("Kecamatan atau kelurahan tertentu?"),
        help_text=_(
            "Misalnya Tebet atau Kelurahan Manggarai. Kosongkan kalau boleh di mana saja di wilayah itu."
        ),
        required=False,
        max_length=100,
    )
    questions = (("bantuan",), ("wilayah", "tempat"), ("jumlah",))

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.narrower: Region | None = None
        self.places = {place.code: place for place in wish_places()}
        place = self.fields["wilayah"]
        assert isinstance(place, forms.ChoiceField)
        place.choices = [
            (
                code,
                one.official_name
                if "." in code
                else gettext("Di mana saja di %(place)s") % {"place": one.full_name},
            )
            for code, one in self.places.items()
        ]

    @property
    def place(self) -> Region | None:
        return self.narrower or self.places.get(self.cleaned_data.get("wilayah", ""))

    def clean_tempat(self) -> str:
        text: str = self.cleaned_data["tempat"].strip()
        around = self.cleaned_data.get("wilayah", "")
        if not text or not around:
            return text
        self.narrower = area_called(text, around)
        if self.narrower is None:
            raise forms.ValidationError(
                _(
                    "Tidak ada kecamatan atau kelurahan “%(text)s” di %(place)s. Periksa ejaannya, atau kosongkan."
                ),
                params={"text": text, "place": self.places[around].full_name},
            )
        return text

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.check_place("tempat" if self.narrower else "wilayah")
        return data


class OfferForm(AimForm):
    """What to give to which place of one's own choosing: an RW, a kelurahan or an institution."""

    tempat = forms.CharField(
        label=_("Untuk tempat mana?"),
        help_text=_("RW, kelurahan, atau lembaga: tulis namanya, misalnya RW 03 Manggarai."),
        max_length=100,
        error_messages={"required": _("Tulis nama tempatnya.")},
    )
    questions = (("tempat",), ("bantuan",), ("jumlah",))

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.found: Region | Site | None = None

    def clean_tempat(self) -> str:
        text: str = self.cleaned_data["tempat"].strip()
        self.found = recipient_called(text)
        if self.found is None:
            raise forms.ValidationError(
                _(
                    "Tidak ada RW, kelurahan, atau lembaga bernama “%(text)s”. Periksa ejaannya, atau tulis kodenya."
                ),
                params={"text": text},
            )
        return text

    @property
    def place(self) -> Region | None:
        return self.found.region if isinstance(self.found, Site) else self.found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.check_place("tempat")
        return data

    def aim(self) -> dict[str, Any]:
        site = self.found if isinstance(self.found, Site) else None
        return {**super().aim(), "site": site, "is_offer": True}
