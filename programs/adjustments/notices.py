"""Who is told of what a recipient asks, and of the answer."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.actions import Performance
from accounts.notices.audiences import officers, officials
from accounts.notices.kinds import Group, Kind
from accounts.notices.registry import News, tells
from accounts.notices.values import both
from accounts.roles import Permission
from programs.adjustments.models import Adjustment
from programs.adjustments.wording import asked_for


def _kind(name: str, group: Group, title: Any, text: Any) -> Kind:
    return Kind(f"adjustment.{name}", group, title, text, _("Buka kebutuhan"))


ASKED = _kind(
    "asked", Group.WORK, _("%(place)s meminta kebutuhannya diubah"),
    _("%(number)s: %(what)s. Setujui atau tolak dengan alasan."),
)  # fmt: skip
AGREED = _kind(
    "agreed", Group.RECEIVING, _("Permintaan Anda tentang kebutuhan %(number)s disetujui"),
    _("Untuk %(place)s: %(what)s."),
)  # fmt: skip
DECLINED = _kind(
    "declined", Group.RECEIVING, _("Permintaan Anda tentang kebutuhan %(number)s tidak disetujui"),
    _("Untuk %(place)s: %(what)s. Alasannya ada di halaman kebutuhan."),
)  # fmt: skip
HEARD = {"ask": ASKED, "agree": AGREED, "decline": DECLINED}


@tells(Adjustment, *HEARD)
def asked_and_answered(act: Performance) -> Iterator[News]:
    item = Adjustment.objects.for_rows().get(pk=act.subject.pk)
    kind = HEARD[act.verb.name]
    hears = officers(Permission.NEED_PUBLISH, item) if kind is ASKED else officials(item)
    about = {
        "number": item.need.number,
        "place": item.recipient_name,
        "what": both(lambda: asked_for(item)),
    }
    yield News(kind, hears, item, about)
