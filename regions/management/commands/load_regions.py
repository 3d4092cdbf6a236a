"""manage.py load_regions: the region tree from a gazetteer CSV."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from regions.actions import load_tree
from regions.codes import Level
from regions.gazetteer import read_gazetteer

LARGEST = 64 * 1024 * 1024


class Command(BaseCommand):
    help = _("Memuat pohon wilayah dari CSV. Semua baris, atau tidak satu pun.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=_("berkas CSV, lihat docs/data-formats.md"))
        parser.add_argument("--dry-run", action="store_true", help=_("hanya periksa, tidak mengubah apa pun"))

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        gazetteer = read_gazetteer(read_bytes(file))
        for remark in gazetteer.remarks:
            self.stderr.write(_("Catatan: %(remark)s") % {"remark": remark})
        if gazetteer.faults:
            for fault in gazetteer.faults:
                self.stderr.write(str(fault))
            raise CommandError(
                _("%(count)s kesalahan dalam %(file)s. Tidak ada yang diubah.")
                % {"count": len(gazetteer.faults), "file": file}
            )
        try:
            change = load_tree(gazetteer.rows, dry_run=dry_run)
        except ValueError as error:
            raise CommandError(str(error)) from error
        for text in change.remarks:
            self.stderr.write(_("Catatan: %(remark)s") % {"remark": text})
        numbers = {
            "created": len(change.created),
            "updated": len(change.updated),
            "unchanged": change.unchanged,
        }
        self.stdout.write(
            _("Wilayah baru: %(created)s. Diubah: %(updated)s. Tetap: %(unchanged)s.") % numbers
        )
        if any(code.count(".") == Level.RW.depth for code in change.created):
            self.stdout.write(
                _("RW baru belum punya batas: jalankan derive_boundaries atau load_boundaries.")
            )
        if dry_run:
            self.stdout.write(_("Hanya diperiksa; tidak ada yang diubah."))


def read_bytes(file: Path) -> bytes:
    """The content of a file of a believable size; CommandError says what is the matter otherwise."""
    try:
        if file.stat().st_size > LARGEST:
            raise CommandError(_("%(file)s lebih besar dari 64 MB.") % {"file": file})
        return file.read_bytes()
    except OSError as error:
        raise CommandError(
            _("%(file)s tidak dapat dibaca: %(error)s") % {"file": file, "error": error.strerror}
        ) from error
