"""manage.py load_indicators: context layers of the map from a CSV file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.actions.layers import load
from regions.actions.indicators import current_codes
from regions.indicators import read_indicators
from regions.management.commands.load_regions import read_bytes


class Command(BaseCommand):
    help = _("Memuat lapisan konteks peta dari CSV. Semua baris, atau tidak satu pun.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=_("berkas CSV, lihat docs/data-formats.md"))
        parser.add_argument("--reason", default="", help=_("alasan untuk riwayat, biasanya nama berkas"))
        parser.add_argument("--dry-run", action="store_true", help=_("hanya periksa, tidak mengubah apa pun"))

    def handle(self, *args: Any, file: Path, reason: str, dry_run: bool, **options: Any) -> None:
        found = read_indicators(read_bytes(file), current_codes())
        for fault in found.faults:
            self.stderr.write(str(fault))
        if found.faults:
            raise CommandError(
                _("%(count)s kesalahan dalam %(file)s. Tidak ada yang diubah.")
                % {"count": len(found.faults) + found.more, "file": file}
            )
        for done in load(
            several=list(found.series.values()), by=None, reason=reason or file.name, dry_run=dry_run
        ):
            self.stdout.write(
                _("%(code)s: %(count)s nilai (sebelumnya %(before)s).")
                % {"code": done.code, "count": done.values, "before": done.before or 0}
            )
        if dry_run:
            self.stdout.write(_("Hanya diperiksa; tidak ada yang diubah."))
