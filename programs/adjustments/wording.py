"""How what a recipient asks is said."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.adjustments.models import Adjustment
from programs.adjustments.states import POSSIBLE, WANTED_LABELS, Wanted
from programs.models import Need
from programs.wording import quantity_of

# The link to asking, and the question before it, by what can be asked.
ASKING = {
    Wanted.PAUSE: (
        gettext_lazy("Minta dikurangi atau dijeda"),
        gettext_lazy("Terlalu banyak, atau belum siap menerima?"),
    ),
    Wanted.RESUME: (
        gettext_lazy("Minta dikurangi atau dibuka lagi"),
        gettext_lazy("Terlalu banyak, atau sudah siap menerima lagi?"),
    ),
}


def asking(need: Need) -> dict[str, str]:
    """What leads to asking for a change of the need: label and question; empty where nothing can be asked."""
    possible = POSSIBLE.get(need.state, ())
    for wanted, (label, question) in ASKING.items():
        if wanted in possible:
            return {"label": str(label), "question": str(question)}
    return {}


def asked_for(item: Adjustment) -> str:
    """ "menjadi 600 paket sembako", "dijeda dulu"."""
    if item.target is None:
        return str(WANTED_LABELS[Wanted(item.wanted)])
    return _("menjadi %(quantity)s") % {"quantity": quantity_of(item.need.aid_type, item.target)}
