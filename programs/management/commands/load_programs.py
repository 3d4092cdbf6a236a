"""manage.py load_programs: programs, their aid types and published figures from a TOML file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from programs.actions import load_programs
from programs.catalogue import read_catalogue

OWN_FILE = Path(__file__).parents[2] / "data" / "programs.toml"


class Command(BaseCommand):
    help = _("Memuat program, bentuk bantuan, dan angka yang pernah diterbitkan. Semua, atau tidak satu pun.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", default=OWN_FILE, help=_("berkas TOML"))

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            catalogue = read_catalogue(file.read_bytes())
        except OSError as error:
            raise CommandError(
                _("%(file)s tidak dapat dibaca: %(error)s") % {"file": file, "error": error.strerror}
            ) from error
        for fault in catalogue.faults:
            self.stderr.write(fault)
        if catalogue.faults:
            raise CommandError(
                _("%(count)s kesalahan dalam %(file)s. Tidak ada yang diubah.")
                % {"count": len(catalogue.faults), "file": file}
            )
        try:
            loaded = load_programs(catalogue.entries)
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _("Program baru: %(founded)s. Diubah: %(changed)s. Tetap: %(unchanged)s.")
            % {
                "founded": len(loaded.founded),
                "changed": len(loaded.changed),
                "unchanged": len(loaded.unchanged),
            }
        )
