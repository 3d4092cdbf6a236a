"""How what a recipient asks is said."""

from django.utils.translation import gettext as _

from programs.adjustments.models import Adjustment
from programs.adjustments.states import WANTED_LABELS, Wanted
from programs.wording import quantity_of


def asked_for(item: Adjustment) -> str:
    """ "menjadi 600 paket sembako", "dijeda dulu"."""
    if item.target is None:
        return str(WANTED_LABELS[Wanted(item.wanted)])
    return _("menjadi %(quantity)s") % {"quantity": quantity_of(item.need.aid_type, item.target)}
