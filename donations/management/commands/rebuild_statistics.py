"""manage.py rebuild_statistics: recompute everything that is published."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from donations.statistics.actions import places, recompute
from donations.statistics.rollup import Key


class Command(BaseCommand):
    help = _("Menghitung ulang semua statistik. Dengan --check gagal kalau ada yang berbeda.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help=_("bandingkan saja; keluar dengan 1 kalau ada yang berbeda")
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        different = 0
        with transaction.atomic():
            codes = places()
            for code in codes:
                result = recompute(code)
                assert result is not None
                different += len(result.differences)
                for key, old, new in result.differences:
                    self.stdout.write(f"{code or '-'} {_named(key)}: {old} → {new}")
            # A check looks and leaves everything as it was, marks included.
            transaction.set_rollback(check)
        if check and different:
            raise CommandError(_("%(count)s angka berbeda dari hitungan ulang.") % {"count": different})
        self.stdout.write(
            _("%(places)s tempat dihitung ulang, %(count)s angka berubah.")
            % {"places": len(codes), "count": different}
        )


def _named(key: Key) -> str:
    program, measure, dimension, value = key
    return f"{program or '*'} {measure} {dimension}={value}" if value else f"{program or '*'} {measure}"
