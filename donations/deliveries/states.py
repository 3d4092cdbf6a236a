"""The table of verbs of a delivery."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from accounts.verbs import NEW, Table, Verb, states


class DeliveryState(StrEnum):
    PLANNED = "planned"
    CONFIRMED = "confirmed"
    DISPATCHED = "dispatched"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


DELIVERY_STATE_LABELS = {
    DeliveryState.PLANNED: _("direncanakan"),
    DeliveryState.CONFIRMED: _("tanggal dipastikan"),
    DeliveryState.DISPATCHED: _("di jalan"),
    DeliveryState.COMPLETED: _("selesai"),
    DeliveryState.FAILED: _("gagal"),
    DeliveryState.CANCELLED: _("dibatalkan"),
}

DELIVERY = Table(
    "delivery",
    DeliveryState,
    Verb("plan", states(NEW), DeliveryState.PLANNED, Permission.DELIVERY_PLAN,
         _("Rencanakan pengiriman"), _("Pengiriman direncanakan")),
    Verb("confirm", states("planned"), DeliveryState.CONFIRMED, Permission.DELIVERY_CONFIRM,
         _("Pastikan tanggal"), _("Tanggal dipastikan penerima")),
    Verb("move", states("planned", "confirmed"), DeliveryState.PLANNED, Permission.DELIVERY_MOVE,
         _("Ubah tanggal"), _("Tanggal diubah"), needs_reason=True),
    Verb("dispatch", states("planned", "confirmed"), DeliveryState.DISPATCHED, Permission.DELIVERY_DISPATCH,
         _("Catat berangkat"), _("Dikirim")),
    Verb("arrive", states("dispatched"), None, Permission.HANDOVER_REPORT,
         _("Laporkan yang tiba"), _("Tiba, dilaporkan penerima")),
    Verb("complete", states("dispatched"), DeliveryState.COMPLETED, None,
         _("Selesai"), _("Seluruhnya terhitung dan terverifikasi"), by_platform=True),
    Verb("fail", states("dispatched"), DeliveryState.FAILED, Permission.DELIVERY_FAIL,
         _("Catat gagal kirim"), _("Pengiriman gagal; barang yang belum tiba kembali"), needs_reason=True, danger=True),
    Verb("cancel", states("planned", "confirmed"), DeliveryState.CANCELLED, Permission.DELIVERY_PLAN,
         _("Batalkan rencana"), _("Rencana pengiriman dibatalkan"), needs_reason=True, danger=True),
    Verb("resend", states("dispatched", "completed", "failed"), None, Permission.SHORTFALL_SETTLE,
         _("Kirim ulang yang kurang"), _("Yang kurang akan dikirim ulang")),
    Verb("release", states("dispatched", "completed", "failed"), None, Permission.SHORTFALL_SETTLE,
         _("Lepaskan yang kurang"), _("Yang kurang dilepaskan kembali ke kebutuhan"), needs_reason=True),
)  # fmt: skip
