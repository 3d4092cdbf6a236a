"""manage.py load_boundaries: outlines from a GeoJSON file, matched to the tree."""

import csv
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from regions.actions import load_boundaries
from regions.boundaries.features import UnreadableFile, read_features
from regions.boundaries.matching import Finding, Status

from .load_regions import read_bytes

SHOWN = 60
COLUMNS = ("feature", "status", "code", "reason", "mended", "rw", "village", "district", "city")


class Command(BaseCommand):
    help = _("Memuat batas wilayah dari GeoJSON, dicocokkan menurut kode Kemendagri atau nama.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=_("berkas .geojson atau .geojson.gz"))
        parser.add_argument("--dry-run", action="store_true", help=_("hanya periksa, tidak mengubah apa pun"))
        parser.add_argument("--create", action="store_true", help=_("tambahkan RW yang belum ada di pohon"))
        parser.add_argument("--report", type=Path, metavar="FILE", help=_("tulis hasil setiap fitur ke CSV"))
        parser.add_argument("--source", default="", help=_("sumber yang disebut di samping batas"))

    def handle(self, *args: Any, file: Path, report: Path | None, **options: Any) -> None:
        try:
            features = read_features(read_bytes(file))
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        findings = load_boundaries(
            features,
            source=options["source"] or file.name,
            create=options["create"],
            dry_run=options["dry_run"],
        )
        self.list_others(findings, full=report is None)
        if report is not None:
            write_report(report, findings)
        self.summarise(findings)
        if not any(finding.status is Status.MATCHED for finding in findings):
            raise CommandError(_("Tidak ada fitur yang cocok. Tidak ada yang diubah."))
        if options["dry_run"]:
            self.stdout.write(_("Hanya diperiksa; tidak ada yang diubah."))

    def list_others(self, findings: Sequence[Finding], *, full: bool) -> None:
        """Every feature that was not matched, with its reason; a beginning of them beside a report."""
        others = [finding for finding in findings if finding.status is not Status.MATCHED]
        shown = others if full else others[:SHOWN]
        for finding in shown:
            self.stderr.write(
                _("Fitur %(number)s (%(place)s): %(reason)s.")
                % {
                    "number": finding.feature.number,
                    "place": finding.label.place or _("tanpa nama"),
                    "reason": finding.reason,
                }
            )
        if len(shown) < len(others):
            self.stderr.write(_("… dan %(count)s lagi di laporan.") % {"count": len(others) - len(shown)})

    def summarise(self, findings: Sequence[Finding]) -> None:
        counts = Counter(finding.status for finding in findings)
        regions = {finding.code for finding in findings if finding.status is Status.MATCHED}
        self.stdout.write(
            _("%(all)s fitur: %(matched)s cocok (%(regions)s wilayah), ")
            % {"all": len(findings), "matched": counts[Status.MATCHED], "regions": len(regions)}
            + _("%(unmatched)s tidak cocok, %(ambiguous)s meragukan; ")
            % {"unmatched": counts[Status.UNMATCHED], "ambiguous": counts[Status.AMBIGUOUS]}
            + _("%(created)s RW baru, %(mended)s bentuk diperbaiki.")
            % {
                "created": len({finding.code for finding in findings if finding.creates}),
                "mended": sum(finding.feature.mended for finding in findings),
            }
        )
        if any(finding.label.has_undotted and not finding.label.codes for finding in findings):
            self.stdout.write(
                _("Kode tanpa titik tidak dipakai: kode BPS berbentuk sama tetapi berarti wilayah lain.")
            )


def write_report(file: Path, findings: Sequence[Finding]) -> None:
    """One line a feature. Cells that a spreadsheet would run as formulas get an apostrophe in front."""
    try:
        with file.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(COLUMNS)
            for finding in findings:
                label = finding.label
                cells = (
                    finding.code,
                    finding.reason,
                    _("ya") if finding.feature.mended else "",
                    label.rw,
                    label.village,
                    label.district,
                    label.city,
                )
                writer.writerow([finding.feature.number, finding.status, *map(harmless, cells)])
    except OSError as error:
        raise CommandError(
            _("Laporan tidak dapat ditulis ke %(file)s: %(error)s") % {"file": file, "error": error.strerror}
        ) from error


def harmless(cell: str) -> str:
    return "'" + cell if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
