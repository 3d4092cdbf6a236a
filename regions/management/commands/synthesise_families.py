"""manage.py synthesise_families: invented numbers of families per RW, and labelled so."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from regions.actions import synthesise_families


class Command(BaseCommand):
    help = _("Mengisi jumlah keluarga setiap RW dengan angka contoh; angka nyata tidak disentuh.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--within", default="", metavar="CODE", help=_("hanya wilayah ini"))

    def handle(self, *args: Any, within: str, **options: Any) -> None:
        for code, count in synthesise_families(within=within).items():
            if count:
                self.stdout.write(_("%(code)s: %(count)s RW.") % {"code": code, "count": count})
            else:
                self.stderr.write(_("%(code)s: jumlah penduduknya tidak diketahui.") % {"code": code})
