"""How a need is said in a line: quantities with their aid, places, people, days."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from accounts import clock
from programs.models import AidType, Need, PeopleKind
from programs.models.programs import AidKind
from regions import notation
from regions.models import Region

# After the number 1: Indonesian has one form, English does not.
ONE_OF = {
    PeopleKind.FAMILIES: pgettext_lazy("one", "keluarga"),
    PeopleKind.RESIDENTS: pgettext_lazy("one", "warga"),
    PeopleKind.PUPILS: pgettext_lazy("one", "murid"),
    PeopleKind.TEACHERS: pgettext_lazy("one", "guru"),
    PeopleKind.MSMES: pgettext_lazy("one", "pelaku UMKM"),
    PeopleKind.JOB_SEEKERS: pgettext_lazy("one", "pencari kerja"),
}


# Names that English writes with a capital wherever they stand.
NAMES = {"Eid", "Ramadan"}


def in_sentence(text: str) -> str:
    """A title inside a sentence: "Paket sembako" → "paket sembako"; "THR tunai" and "Eid package" stay."""
    head, _space, rest = text.partition(" ")
    kept = head in NAMES or (len(head) > 1 and head[1:] != head[1:].lower())
    return text if kept else f"{head[:1].lower()}{head[1:]}{_space}{rest}"


def aid_in_sentence(aid_type: AidType) -> str:
    return in_sentence(aid_type.title)


def quantity_of(aid_type: AidType, quantity: int) -> str:
    """ "640 paket sembako", "20 unit laptop", "Rp20.000.000 untuk THR"."""
    title = aid_in_sentence(aid_type)
    if aid_type.kind == AidKind.MONEY:
        return _("%(rupiah)s untuk %(aid)s") % {"rupiah": notation.rupiah(quantity), "aid": title}
    written, unit = notation.number(quantity), aid_type.unit_for(quantity)
    first, _space, rest = title.partition(" ")
    if first == unit.lower():
        return f"{written} {unit} {rest}".strip()
    if title.split()[-1] == unit.lower().removesuffix("s"):
        return f"{written} {title}{'s' if quantity != 1 and unit.endswith('s') else ''}"
    return _("%(written)s %(unit)s %(aid)s") % {"written": written, "unit": unit, "aid": title}


def aid_counted(aid_type: AidType, quantity: int) -> str:
    """What `quantity_of` says behind its figure: "paket sembako", "unit laptop"."""
    money = aid_type.kind == AidKind.MONEY
    figure = notation.rupiah(quantity) if money else notation.number(quantity)
    return quantity_of(aid_type, quantity).removeprefix(figure).strip()


def quantity_in_unit(aid_type: AidType, quantity: int) -> str:
    """ "300 paket"; money as rupiah."""
    if aid_type.kind == AidKind.MONEY:
        return notation.rupiah(quantity)
    return f"{notation.number(quantity)} {aid_type.unit_for(quantity)}"


def figure_of(aid_type: AidType, quantity: int) -> str:
    """A quantity in a table's cell, without its unit: "92.000"; money short: "Rp520 juta"."""
    if aid_type.kind == AidKind.MONEY:
        return notation.rupiah_short(quantity) if quantity else notation.rupiah(0)
    return notation.number(quantity)


def place_line(region: Region) -> str:
    """Where a recipient lies: "Tambora, Jakarta Barat". Reads parents that the query brought along."""
    district = region.parent if region.level == "village" else region.parent and region.parent.parent
    if district is None:
        return ""
    return ", ".join(part.name for part in (district, district.parent) if part)


def people_line(need: Need) -> str:
    """ "640 keluarga"."""
    kind = ONE_OF[PeopleKind(need.people_kind)] if need.people == 1 else need.get_people_kind_display()
    return f"{notation.number(need.people)} {kind}"


def need_row(need: Need) -> dict[str, Any]:
    """The arguments of components/need.html for a need of `for_rows()`."""
    return {
        "name": need.recipient_name,
        "href": need.get_absolute_url(),
        "meta": notation.DOT.join(
            part
            for part in (
                place_line(need.region),
                _("%(aid)s untuk %(people)s")
                % {"aid": aid_in_sentence(need.aid_type), "people": people_line(need)},
                when_line(need),
            )
            if part
        ),
        "coverage": need.coverage,
    }


def when_line(need: Need) -> str:
    """ "sebelum 15 Desember", or why one cannot pledge now."""
    if need.state == "paused":
        return _("dijeda")
    if need.state == "closed":
        return _("ditutup")
    return deadline_line(need)


def deadline_line(need: Need) -> str:
    today = clock.today()
    style = "day_month" if need.deadline.year == today.year else "day"
    day = notation.when(need.deadline, style)
    if need.deadline < today:
        return _("lewat batas %(day)s") % {"day": day}
    return _("sebelum %(day)s") % {"day": day}


def crumbs_of(region: Region, *, link_last: bool = True) -> list[dict[str, str]]:
    """The regions above one and itself, province first; reads parents that the query brought along."""
    chain: list[Region] = []
    here: Region | None = region
    while here is not None:
        chain.append(here)
        here = here.parent
    items = [{"label": place.name, "href": reverse("region", args=[place.code])} for place in reversed(chain)]
    if not link_last:
        items[-1]["href"] = ""
    return items


def partial_day(text: str) -> str:
    """A year, month or day as data keep it: "2020" → "2020", "2020-04" → "April 2020", "2020-04-29" → in full."""
    parts = [int(part) for part in text.split("-")] if text else []
    if len(parts) < 2:
        return text
    style = "month_year_long" if len(parts) == 2 else "day"
    return notation.when(date(*parts, *([1] if len(parts) == 2 else [])), style)
