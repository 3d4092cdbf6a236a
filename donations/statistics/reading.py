"""The statistics page, section by section, from the published rows."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import CollaboratorKind
from donations.statistics.definitions import AID_TYPE, COLLABORATOR_KIND, OPEN, RECIPIENT_KIND, RW, TOTAL
from donations.statistics.forms import StatisticsFilter
from donations.statistics.published import Rows, Stages
from programs.wording import aid_in_sentence, figure_of
from regions import notation
from regions.models import SiteKind
from regions.queries import census_shares

AGREES = 2
"""Points of difference between shares of aid and of need that still count as following it."""


@dataclass(frozen=True)
class CityRow:
    """One city's shares and its five numbers."""

    code: str
    name: str
    stages: Stages
    figures: dict[str, str]
    aid: float | None = None
    want: float | None = None
    people: float | None = None
    beside: float | None = None

    @property
    def difference(self) -> int | None:
        return None if self.aid is None or self.want is None else round(self.aid) - round(self.want)


@dataclass(frozen=True)
class Month:
    label: str
    received: int
    verified: int


class Reading:
    """What the page says under one choice of filters."""

    def __init__(self, chosen: StatisticsFilter, rows: Rows) -> None:
        self.chosen, self.rows = chosen, rows
        self.places = [chosen.city] if chosen.city != "semua" else [*chosen.cities, *self._province()]
        self.stages = self.stages_of(self.places)

    def _province(self) -> list[str]:
        return [self.rows.province] if self.rows.province else []

    def stages_of(self, places: list[str]) -> Stages:
        return self.rows.stages(places, self.chosen.aid_type.code if self.chosen.aid_type else "")

    def written(self, quantity: int) -> str:
        """Units of the aid type chosen, or rupiah."""
        if self.chosen.aid_type is None:
            return notation.rupiah_short(quantity)
        return figure_of(self.chosen.aid_type, quantity)

    # --- the lead and the five figures

    @property
    def title(self) -> str:
        what = self.chosen.aid_type.title if self.chosen.aid_type else _("Semua bentuk, dalam rupiah")
        return _("%(what)s, %(where)s") % {"what": what, "where": self.where}

    @property
    def where(self) -> str:
        return self.chosen.cities.get(self.chosen.city, _("seluruh Jakarta"))

    @property
    def unit(self) -> str:
        aid_type = self.chosen.aid_type
        return "" if aid_type is None or aid_type.kind == "money" else aid_type.unit_name

    @property
    def figures(self) -> list[dict[str, Any]]:
        stages, key = self.stages, self._key()
        needs = self.rows.total(self.places, "needs", *key)
        in_one_city = self.chosen.city != "semua"
        givers = (
            self.rows.value(self.chosen.city, "collaborators", *key)
            if in_one_city
            else self.rows.value(self.rows.province, "collaborators_province", *key)
        )
        words = {
            "givers": notation.number(givers), "rest": self.written(stages.unallocated),
            "waiting": self.written(stages.waiting), "needs": notation.number(needs),
        }  # fmt: skip
        return [
            {"value": self.written(stages.target), "label": _("target"), "term": "target", "swatch": "target",
             "note": _("dalam %(needs)s kebutuhan") % words},
            {"value": self.written(stages.committed), "label": _("komitmen"), "term": "komitmen", "swatch": "c",
             "note": _("dari %(givers)s kolaborator, %(rest)s belum dialokasikan") % words},
            {"value": self.written(stages.allocated), "label": _("dialokasikan"), "term": "dialokasikan", "swatch": "al",
             "note": self._of_target(stages.allocated)},
            {"value": self.written(stages.delivered), "label": _("diterima"), "term": "diterima", "swatch": "d",
             "note": self._of_target(stages.delivered)},
            {"value": self.written(stages.verified), "label": _("terverifikasi"), "term": "terverifikasi", "swatch": "v",
             "note": _("%(waiting)s menunggu diperiksa") % words},
        ]  # fmt: skip

    def _key(self) -> tuple[str, str]:
        return (AID_TYPE, self.chosen.aid_type.code) if self.chosen.aid_type else (TOTAL, "")

    def _of_target(self, quantity: int) -> str:
        share = notation.percent(quantity, self.stages.target)
        return _("belum ada target") if share is None else _("%(share)s dari target") % {"share": share}

    @property
    def reach(self) -> list[dict[str, Any]]:
        """People, RW and reports, of the whole program."""
        total = {name: self.rows.total(self.places, name) for name in (
            "people_reached", "rw_reached", "rw_targeted", "handovers_verified", "handovers_waiting")}  # fmt: skip
        number = notation.number
        return [
            {"value": number(total["people_reached"]), "label": _("orang atau keluarga terjangkau"),
             "term": "terjangkau", "note": _("satu orang bisa dihitung lebih dari satu kali")},
            {"value": number(total["rw_reached"]), "label": _("RW terjangkau"), "term": "rw-terjangkau",
             "note": _("dari %(count)s RW yang punya target") % {"count": number(total["rw_targeted"])}},
            {"value": number(total["handovers_verified"]), "label": _("berita acara diperiksa petugas"),
             "term": "bast-terverifikasi",
             "note": _("%(count)s menunggu diperiksa") % {"count": number(total["handovers_waiting"])}},
        ]  # fmt: skip

    # --- cities beside each other

    @property
    def cities(self) -> list[CityRow]:
        """Every city, by its share of aid; shares are of what is placed in a city."""
        aid, want = self.rows.share_measures
        codes = list(self.chosen.cities)
        placed, wanted = self.rows.total(codes, aid), self.rows.total(codes, want)
        whole = self.stages_of(codes).points
        found = []
        for code, name in self.chosen.cities.items():
            stages = self.stages_of([code])
            points, people = stages.points, census_shares().get(code)
            found.append(
                CityRow(
                    code, name, stages, self._written(stages),
                    aid=100 * self.rows.value(code, aid) / placed if placed else None,
                    want=100 * self.rows.value(code, want) / wanted if wanted else None,
                    people=None if people is None else float(people),
                    beside=None if points is None or whole is None else (points - whole) / 100,
                )
            )  # fmt: skip
        return sorted(found, key=lambda row: (-(row.aid or 0), row.code))

    def _written(self, stages: Stages) -> dict[str, str]:
        return {
            name: self.written(getattr(stages, name))
            for name in ("target", "committed", "allocated", "delivered", "verified")
        }

    @property
    def unplaced(self) -> dict[str, str] | None:
        """What is promised and placed in no city yet."""
        stages = self.stages_of(self._province())
        return self._written(stages) if stages.committed else None

    @property
    def whole(self) -> CityRow:
        stages = self.stages_of([*self.chosen.cities, *self._province()])
        return CityRow("", _("Jakarta"), stages, self._written(stages))

    @property
    def by_coverage(self) -> list[CityRow]:
        return sorted((row for row in self.cities if row.beside is not None), key=lambda row: row.beside or 0)

    @property
    def coverage_extent(self) -> float:
        return max((abs(row.beside or 0) for row in self.by_coverage), default=0) * 1.15 or 10

    @property
    def plot_maximum(self) -> float:
        most = max((max(row.aid or 0, row.want or 0, row.people or 0) for row in self.cities), default=0)
        return max(35.0, -(-most // 10) * 10 + 5)

    @property
    def answer(self) -> str:
        """Whether aid follows need, in a sentence."""
        compared = [row for row in self.cities if row.difference is not None]
        if not compared:
            return _("Belum bisa dijawab: belum ada target atau komitmen yang ditempatkan.")
        most = max(compared, key=lambda row: row.difference or 0)
        least = min(compared, key=lambda row: row.difference or 0)
        if (most.difference or 0) <= AGREES and (least.difference or 0) >= -AGREES:
            return _("Ya. Bagian bantuan tiap kota paling jauh %(points)s poin dari bagian kebutuhannya.") % {
                "points": AGREES
            }
        return _(
            "Belum. %(most)s mendapat %(aid)s%% komitmen dengan %(want)s%% kebutuhan; %(least)s kurang %(points)s poin."
        ) % {
            "most": most.name, "aid": round(most.aid or 0), "want": round(most.want or 0), "least": least.name,
            "points": abs(least.difference or 0),
        }  # fmt: skip

    @property
    def gini(self) -> str:
        """The Gini index over all RW with a target, 0 to 1."""
        points = self.rows.value(self.rows.province, "gini_province", *self._key())
        return notation.number(points / 10_000, 2)

    # --- from whom, for whom, in which form

    @property
    def splits(self) -> list[dict[str, Any]]:
        measure = self.rows.share_measures[0]
        # Of what is placed: the same whole as the cities' shares.
        places = [place for place in self.places if place in self.chosen.cities]
        whole = self.rows.total(places, measure)
        forms = {a.code: a.title for a in self.chosen.aid_types}
        named = (
            (COLLABORATOR_KIND, _("Jenis kolaborator"), dict(CollaboratorKind.choices)),
            (
                RECIPIENT_KIND,
                _("Penerima"),
                {**dict(SiteKind.choices), RW: "RW", OPEN: _("belum ditentukan")},
            ),
            (AID_TYPE, _("Bentuk"), forms),
        )
        found = []
        for dimension, title, names in named:
            rows = [
                {"label": _sentence(str(names.get(key, key))), "value": value, "whole": whole}
                for key, value in self.rows.split(places, measure, dimension)
            ]
            if rows and (dimension != AID_TYPE or self.chosen.chosen_program):
                found.append({"title": title, "rows": rows})
        return found

    @property
    def split_note(self) -> str:
        if self.chosen.chosen_program is None:
            return _("Bagian nilai komitmen semua program, %(where)s.") % {"where": self.where}
        return _("Bagian komitmen KSBB %(program)s menurut jumlah, semua barang dan jasa, %(where)s.") % {
            "program": self.chosen.chosen_program.title, "where": self.where,
        }  # fmt: skip

    # --- by month

    @property
    def months(self) -> list[Month]:
        if self.chosen.aid_type is None:
            return []
        counted = self.rows.months(self.places, self.chosen.aid_type.code)
        return [
            Month(label, *counted.get(month, (0, 0)))
            for month, label in zip(self.chosen.months, self.chosen.month_labels, strict=True)
        ]

    @property
    def months_note(self) -> str:
        assert self.chosen.aid_type is not None
        waiting = sum(month.received - month.verified for month in self.months)
        return _("%(what)s, menurut bulan tiba. %(waiting)s masih menunggu diperiksa.") % {
            "what": _sentence(aid_in_sentence(self.chosen.aid_type)), "waiting": self.written(waiting),
        }  # fmt: skip


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
