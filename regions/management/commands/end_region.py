"""manage.py end_region: a region ends, and others follow it."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from regions.actions import end_region
from regions.models import Region


class Command(BaseCommand):
    help = _("Mengakhiri suatu wilayah pada satu tanggal dan mencatat penggantinya.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code")
        parser.add_argument("--on", type=date.fromisoformat, required=True, help=_("tanggal, 2026-12-31"))
        parser.add_argument("--successor", action="append", default=[], metavar="CODE")

    def handle(self, *args: Any, code: str, on: date, successor: list[str], **options: Any) -> None:
        regions = Region.objects.in_bulk([code, *successor])
        for wanted in (code, *successor):
            if wanted not in regions:
                raise CommandError(_("Wilayah %(code)s tidak ada.") % {"code": wanted})
        try:
            end_region(regions[code], on=on, successors=[regions[one] for one in successor])
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("%(name)s berakhir pada %(day)s.") % {"name": regions[code].full_name, "day": on})
