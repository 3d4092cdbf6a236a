"""manage.py notice_reports: look every report in force over anew, photos that nobody looked at included."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from donations.handovers.checking import notice
from donations.handovers.models import Handover


class Command(BaseCommand):
    help = _("Memeriksa ulang semua laporan yang berlaku: foto yang sama, tempat, waktu, dan hitungan.")

    def handle(self, *args: Any, **options: Any) -> None:
        # Photos first: whether two look alike is known when somebody looked at both.
        keys = list(Handover.objects.in_force().order_by("pk").values_list("pk", flat=True))
        for _round in range(2):
            found = [len(notice(pk)) for pk in keys]
        self.stdout.write(
            _("%(reports)s laporan diperiksa, %(warned)s dengan peringatan.")
            % {"reports": len(keys), "warned": sum(n > 0 for n in found)}
        )
