"""The published rules of the forum. A thing that is hidden names the one it broke."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Rule(models.TextChoices):
    PERSONAL = "data-pribadi", _("Tanpa data pribadi")
    RESPECT = "hormat", _("Saling menghormati")
    SUBJECT = "pokok", _("Tentang bantuan dan kolaborasi di Jakarta")
    CAMPAIGN = "iklan", _("Bukan iklan, kampanye politik, atau pungutan")
    CLAIM = "tuduhan", _("Bukan tuduhan kepada seseorang")
    REPEATED = "ganda", _("Bukan usulan yang sama lagi")


RULE_TEXTS: dict[str, str | Promise] = {
    Rule.PERSONAL: _("Jangan tulis nomor telepon, alamat rumah, NIK, nomor rekening, atau nama penerima bantuan, "
                     "milik siapa pun. Gambar tanpa wajah warga dan tanpa lembar berisi nama."),
    Rule.RESPECT: _("Tanpa hinaan, ancaman, atau ujaran yang merendahkan suku, agama, ras, golongan, gender, atau "
                    "disabilitas. Kritik terhadap kebijakan boleh, juga yang tajam."),
    Rule.SUBJECT: _("Usulan tentang apa yang dapat dikerjakan bersama: bantuan, program, cara penyaluran. Tanggapan "
                    "membahas usulannya."),
    Rule.CAMPAIGN: _("Tidak menjual, tidak mempromosikan calon atau partai, tidak mengumpulkan uang. Pemerintah tidak "
                     "mengumpulkan donasi; uang hanya melalui agregator berizin."),
    Rule.CLAIM: _("Dugaan penyelewengan disampaikan lewat laporan penyimpangan, supaya diperiksa dan pelapor "
                  "terlindungi. Di sini tidak disebut nama orangnya."),
    Rule.REPEATED: _("Yang sudah ada lebih baik didukung atau ditanggapi. Usulan yang sama dari tempat lain boleh kalau "
                     "keadaannya berbeda."),
}  # fmt: skip
