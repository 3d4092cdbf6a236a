"""manage.py derive_density: people per km² of each city, from the tree's own figures."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.actions.layers import load
from regions.density import density


class Command(BaseCommand):
    help = _("Menghitung kepadatan penduduk kota dari jumlah penduduk dan luas kelurahan.")

    def handle(self, *args: Any, **options: Any) -> None:
        series = density()
        if series is None:
            raise CommandError(_("Belum ada wilayah dengan jumlah penduduk dan luas. Jalankan load_regions."))
        for done in load(several=[series], by=None, reason=_("dihitung dari pohon wilayah")):
            self.stdout.write(
                _("%(code)s: %(count)s nilai (sebelumnya %(before)s).")
                % {"code": done.code, "count": done.values, "before": done.before or 0}
            )
