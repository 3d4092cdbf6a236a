"""The end of a region: it keeps its code and its past, and points to what follows it."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from regions import codes
from regions.models import Region, Site
from regions.public_version import bump_public_version

from .locks import hold_tree
from .marks import mark_stale


@transaction.atomic
def end_region(region: Region, *, on: date, successors: Sequence[Region] = ()) -> None:
    """End a region on a day (the first on which it no longer is) and name its successors.

    What lies inside must have ended before, and its active sites must have been moved. Raises ValueError with
    the reason when it cannot end; calling it twice with the same values changes nothing.
    """
    hold_tree()
    region.refresh_from_db()
    _check(region, on, successors)
    region.valid_until = on
    region.save(update_fields=["valid_until"])
    region.successors.set(successors)
    mark_stale(region.code)
    bump_public_version()


def _check(region: Region, on: date, successors: Sequence[Region]) -> None:
    if region.valid_until is not None and region.valid_until != on:
        raise ValueError(
            _("%(code)s sudah berakhir pada %(day)s.") % {"code": region.code, "day": region.valid_until}
        )
    if region.valid_from is not None and on <= region.valid_from:
        raise ValueError(
            _("%(code)s baru berlaku sejak %(day)s.") % {"code": region.code, "day": region.valid_from}
        )
    alive = region.children.filter(valid_until__isnull=True).count()
    if alive:
        raise ValueError(
            _("Masih ada %(count)s wilayah di dalam %(code)s; akhiri dahulu.")
            % {"count": alive, "code": region.code}
        )
    sites = Site.objects.active().filter(region=region).count()
    if sites:
        raise ValueError(
            _("Masih ada %(count)s lokasi penerima di %(code)s; pindahkan dahulu.")
            % {"count": sites, "code": region.code}
        )
    for successor in successors:
        if successor.code == region.code or codes.level_of(successor.code) is not codes.level_of(region.code):
            raise ValueError(
                _("%(successor)s tidak dapat menggantikan %(code)s.")
                % {"successor": successor.code, "code": region.code}
            )
