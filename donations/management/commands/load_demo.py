"""manage.py load_demo: invented data that shows the platform at work."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from donations.demo.load import NotEmpty, NothingToStandOn, load_demo
from regions.models import SampleData


class Command(BaseCommand):
    help = _("Memuat data contoh ke basis data yang belum berisi data lain.")

    def handle(self, *args: Any, **options: Any) -> None:
        if SampleData.objects.exists():
            self.stdout.write(_("Data contoh sudah ada; tidak ada yang diubah."))
            return
        begun = time.monotonic()
        try:
            load_demo(lambda line: self.stdout.write(f"      {time.monotonic() - begun:5.1f} s  {line}"))
        except NotEmpty as error:
            raise CommandError(
                _("Basis data ini sudah berisi data lain (%(what)s). Data contoh tidak dimuat.")
                % {"what": error.what}
            ) from error
        except NothingToStandOn as error:
            raise CommandError(_("Muat dulu wilayah (load_regions) dan program (load_programs).")) from error
