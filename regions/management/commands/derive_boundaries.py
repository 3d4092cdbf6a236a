"""manage.py derive_boundaries: approximate outlines where no real ones are loaded."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from regions.actions import derive_boundaries
from regions.models import Region


class Command(BaseCommand):
    help = _("Membuat batas perkiraan untuk RW yang belum punya batas resmi.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--city", metavar="CODE", help=_("hanya wilayah ini, misalnya 31.74"))

    def handle(self, *args: Any, city: str | None, **options: Any) -> None:
        if city and not Region.objects.filter(code=city).exists():
            raise CommandError(_("Wilayah %(code)s tidak ada.") % {"code": city})
        places = [city] if city else list(Region.objects.at_level("province").values_list("code", flat=True))
        if not places:
            raise CommandError(_("Belum ada wilayah. Jalankan load_regions lebih dahulu."))
        for code in places:
            derived = derive_boundaries(within=code)
            self.stdout.write(
                _("%(code)s: %(made)s batas perkiraan dibuat, %(kept)s batas resmi dipertahankan, ")
                % {"code": code, "made": derived.made, "kept": derived.kept}
                + _("%(count)s batas gabungan.") % {"count": derived.dissolved}
            )
            if derived.without_centre:
                self.stderr.write(
                    _("Tanpa titik tengah, jadi tanpa batas: %(codes)s.")
                    % {"codes": ", ".join(derived.without_centre)}
                )
            if derived.without_room:
                self.stderr.write(
                    _("Tidak ada tempat tersisa di antara batas resmi untuk: %(codes)s.")
                    % {"codes": ", ".join(derived.without_room)}
                )
