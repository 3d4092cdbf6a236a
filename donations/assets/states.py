"""The tables of verbs of an asset and of its way to somebody else; what it can be like, and whose."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from accounts.verbs import NEW, Table, Verb, states


class AssetState(StrEnum):
    KEPT = "kept"
    MOVING = "moving"
    WRITTEN_OFF = "written_off"


ASSET_STATE_LABELS = {
    AssetState.KEPT: _("tercatat"),
    AssetState.MOVING: _("sedang dialihkan"),
    AssetState.WRITTEN_OFF: _("dihapus dari daftar"),
}

_K, _M, _W = AssetState.KEPT, AssetState.MOVING, AssetState.WRITTEN_OFF
_P = Permission

ASSET = Table(
    "asset",
    AssetState,
    Verb("register", states(NEW), _K, None, _("Catat sebagai aset"), _("Tercatat sebagai aset"), by_platform=True),
    Verb("describe", states(_K), None, _P.ASSET_DESCRIBE, _("Lengkapi keterangan"), _("Keterangan dilengkapi")),
    Verb("split", states(_K), None, _P.ASSET_DESCRIBE, _("Pisahkan dari kelompok"), _("Dipisahkan dari kelompok")),
    # What was split off a lot begins with it.
    Verb("part", states(NEW), _K, _P.ASSET_DESCRIBE, _("Pisahkan dari kelompok"),
         _("Tercatat, dipisahkan dari kelompok")),
    Verb("check", states(_K, _M), None, _P.ASSET_CHECK, _("Periksa keadaan"), _("Keadaan diperiksa")),
    Verb("hand_over", states(_K), _M, _P.ASSET_TRANSFER, _("Alihkan"), _("Diserahkan untuk dialihkan"),
         needs_reason=True),
    Verb("call_back", states(_M), _K, _P.ASSET_TRANSFER, _("Batalkan pengalihan"), _("Pengalihan dibatalkan"),
         needs_reason=True, danger=True),
    # What the other side answers: by the platform, in the transaction of that answer.
    Verb("move", states(_M), _K, None, _("Pindahkan"), _("Dialihkan"), by_platform=True),
    Verb("stay", states(_M), _K, None, _("Tetap"), _("Pengalihan ditolak, tetap di tempatnya"), by_platform=True),
    Verb("write_off", states(_K), _W, _P.ASSET_WRITE_OFF, _("Hapus dari daftar aset"), _("Dihapus dari daftar aset"),
         needs_reason=True, danger=True),
    Verb("restore", states(_W), _K, _P.ASSET_WRITE_OFF, _("Kembalikan ke daftar"), _("Dikembalikan ke daftar aset"),
         needs_reason=True),
)  # fmt: skip


class TransferState(StrEnum):
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


TRANSFER_STATE_LABELS = {
    TransferState.OFFERED: _("menunggu penerima"),
    TransferState.ACCEPTED: _("diterima"),
    TransferState.DECLINED: _("ditolak"),
    TransferState.WITHDRAWN: _("dibatalkan"),
}

# Its place is where the asset is to go: who answers is of that side.
TRANSFER = Table(
    "asset transfer",
    TransferState,
    Verb("offer", states(NEW), TransferState.OFFERED, None, _("Alihkan"), _("Pengalihan diajukan"), by_platform=True),
    Verb("accept", states("offered"), TransferState.ACCEPTED, _P.ASSET_ACCEPT, _("Terima aset"), _("Aset diterima")),
    Verb("decline", states("offered"), TransferState.DECLINED, _P.ASSET_ACCEPT, _("Tolak aset"), _("Aset ditolak"),
         needs_reason=True, danger=True),
    Verb("withdraw", states("offered"), TransferState.WITHDRAWN, None, _("Batalkan"), _("Pengalihan dibatalkan"),
         by_platform=True),
)  # fmt: skip


class Condition(StrEnum):
    """What a check finds. The letters are those of the region's inventory book."""

    GOOD = "good"
    REPAIR = "repair"
    BROKEN = "broken"
    LOST = "lost"


CONDITION_LABELS = {
    Condition.GOOD: _("baik"),
    Condition.REPAIR: _("perlu diperbaiki"),
    Condition.BROKEN: _("rusak berat"),
    Condition.LOST: _("hilang"),
}
# B baik, KB kurang baik, RB rusak berat; for what is lost the book has no letter.
CONDITION_LETTERS = {Condition.GOOD: "B", Condition.REPAIR: "KB", Condition.BROKEN: "RB", Condition.LOST: ""}


class Owner(StrEnum):
    RW = "rw"
    SCHOOL = "school"
    INSTITUTION = "institution"
    VILLAGE = "village"
    PROVINCE = "province"
    PRIVATE = "private"


OWNER_LABELS = {
    Owner.RW: _("milik RW"),
    Owner.SCHOOL: _("milik sekolah"),
    Owner.INSTITUTION: _("milik lembaga penerima"),
    Owner.VILLAGE: _("milik kelurahan"),
    Owner.PROVINCE: _("milik Pemerintah Provinsi DKI Jakarta (barang milik daerah)"),
    Owner.PRIVATE: _("milik pribadi penerima manfaat"),
}
