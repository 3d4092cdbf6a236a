"""What a report calls things: goods arrive, a service is carried out, money is handed over.

A report of one kind speaks of that kind; one of several speaks of goods. `{{ say.photos }}` in its templates.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

from django.utils.translation import gettext_lazy as _

from donations.handovers.models import Shortfall
from programs.models import AidKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Text: TypeAlias = "str | _StrPromise"


class Goods:
    is_service = False
    steps: dict[str, Text] = {
        "foto": _("foto barangnya"),
        "sesi": _("sesi dan yang hadir"),
        "jumlah": _("jumlah yang diterima"),
        "keluarga": _("keluarga yang menerima"),
        "saksi": _("penerima dan saksi"),
        "tempat": _("tempat dan waktu"),
        "tanda-tangan": _("tanda tangan"),
        "periksa": _("periksa dan ajukan"),
    }
    start: Text = _("Apa yang tiba, Bapak/Ibu?")
    wanted: Text = _(
        "Yang diperlukan: foto barangnya, hasil hitungan, dan nama seorang saksi. Sekitar lima menit. Setiap langkah "
        "langsung tersimpan."
    )
    shortage: Text = _(
        "Tulis apa adanya. Yang rusak atau tidak ada akan dikirim ulang atau dicarikan pengganti."
    )

    photos: Text = _("Foto barang yang tiba")
    photos_hint: Text = _(
        "Barang dan tempatnya, tanpa wajah. Waktu dan titik lokasi di dalam foto tidak ditampilkan kepada umum."
    )
    photos_needed: Text = _("Tambahkan paling sedikit satu foto barangnya.")
    caption: Text = _("Paket di teras balai warga")

    kinds: tuple[tuple[str, Text, Text], ...] = (
        ("good", _("Baik"), _("utuh, layak, belum kedaluwarsa")),
        ("damaged", _("Rusak"), _("sobek, basah, basi")),
        ("missing", _("Tidak ada"), _("tertulis, tetapi tidak sampai")),
    )
    item: Text = _("Barang")
    sent: Text = _("Dikirim")
    good: Text = _("Baik")
    damaged: Text = _("Rusak")
    missing: Text = _("Tidak ada")
    count_first: Text = _("Hitung dulu, baru tanda tangan.")
    why: Text = _("Mengapa kurang dari kiriman")
    why_needed: Text = _("Pilih sebabnya ada yang rusak atau tidak ada.")
    why_words: Text = _("Misalnya: kardus basah karena hujan ketika dibongkar. Dibaca petugas saja.")
    reasons: tuple[Shortfall, ...] = tuple(one for one in Shortfall if one is not Shortfall.ABSENT)
    more: Text = _("Datang lebih banyak dari yang dikirim?")
    extra: Text = _("Yang datang lebih dari kiriman")
    extra_words: Text = _("Apa yang lebih")
    extra_needed: Text = _("Tulis apa yang lebih dari kiriman.")
    none_counted: Text = _("Tulis berapa yang tiba.")
    left: Text = _(
        "Masih %(left)s %(unit)s belum terhitung. Kalau tidak ikut tiba, tulis di “Tidak ada”; kalau menyusul, beri "
        "tanda di bawah."
    )

    families: Text = _("Berapa keluarga yang menerima?")
    families_hint: Text = _("Jumlahnya saja, tanpa nama. Kosongkan kalau belum dibagikan.")
    parties: Text = _("Siapa yang menerima, siapa yang menyaksikan?")
    no_witness: Text = _("Misalnya: barang tiba malam hari, tidak ada orang lain di balai warga.")
    where: Text = _("Di mana dan kapan tibanya?")
    place: Text = _("Tempat serah terima")
    place_needed: Text = _("Tulis tempat serah terimanya.")
    day: Text = _("Tanggal tiba")
    day_needed: Text = _("Tulis kapan bantuan tiba.")
    time: Text = _("Jam tiba")
    time_needed: Text = _("Tulis jam tibanya.")
    arrived: Text = _("Tiba")
    deliverer: Text = _("Sopir, kurir, atau petugas yang membawa. Hanya pada dokumen asli.")

    none_good: Text = _("Belum ada yang diterima baik")
    counted: Text = _("Yang masuk statistik hanya jumlah baik.")


class Money(Goods):
    steps = Goods.steps | {"foto": _("foto penyerahannya")}
    wanted = _(
        "Yang diperlukan: foto penyerahannya, hasil hitungan, dan nama seorang saksi. Sekitar lima menit. Setiap langkah "
        "langsung tersimpan."
    )
    photos = _("Foto penyerahan uangnya")
    photos_hint = _(
        "Amplop, kuitansi, atau papan pengumumannya, tanpa wajah, nama, dan nomor rekening. Waktu dan titik lokasi di "
        "dalam foto tidak ditampilkan kepada umum."
    )
    photos_needed = _("Tambahkan paling sedikit satu foto penyerahannya.")
    caption = _("Penyerahan di balai warga")
    kinds = (
        ("good", _("Baik"), _("sudah dihitung dan diterima")),
        ("damaged", _("Rusak"), _("palsu atau tidak laku")),
        ("missing", _("Tidak ada"), _("tertulis, tetapi tidak sampai")),
    )
    item = _("Bantuan")
    why_words = _("Misalnya: dua amplop belum diserahkan kurir. Dibaca petugas saja.")
    reasons = (Shortfall.LOST, Shortfall.NOT_LOADED, Shortfall.TAKEN, Shortfall.OTHER)


class Service(Goods):
    is_service = True
    steps = Goods.steps | {
        "foto": _("foto kegiatannya"),
        "jumlah": _("jumlah yang terlaksana"),
        "keluarga": _("keluarga yang terlayani"),
    }
    start = _("Apa yang terlaksana, Bapak/Ibu?")
    wanted = _(
        "Yang diperlukan: foto kegiatannya, tanggal dan jumlah yang hadir, dan nama seorang saksi. Sekitar lima menit. "
        "Setiap langkah langsung tersimpan."
    )
    shortage = _("Tulis apa adanya. Yang tidak terlaksana akan dijadwalkan lagi atau dicarikan pengganti.")

    photos = _("Foto kegiatannya")
    photos_hint = _(
        "Kegiatan, alat, atau hasil kerjanya, tanpa wajah. Waktu dan titik lokasi di dalam foto tidak ditampilkan kepada "
        "umum."
    )
    photos_needed = _("Tambahkan paling sedikit satu foto kegiatannya.")
    caption = _("Ruang pelatihan di balai warga")

    good, damaged, missing = _("Terlaksana"), _("Tidak layak"), _("Tidak terlaksana")
    kinds = (
        ("good", good, _("dengan yang hadir")),
        ("damaged", damaged, _("terlaksana, tetapi tidak sebagaimana mestinya")),
        ("missing", missing, _("batal, atau tidak hadir")),
    )
    item = _("Jasa")
    sent = _("Rencana")
    count_first = _("Cocokkan dulu dengan yang hadir, baru tanda tangan.")
    why = _("Mengapa kurang dari rencana")
    why_needed = _("Pilih sebabnya ada yang tidak layak atau tidak terlaksana.")
    why_words = _("Misalnya: pelatih sakit pada pertemuan kedua. Dibaca petugas saja.")
    reasons = (Shortfall.ABSENT, Shortfall.OTHER)
    more = _("Lebih banyak dari rencana?")
    extra = _("Yang lebih dari rencana")
    extra_needed = _("Tulis apa yang lebih dari rencana.")
    none_counted = _("Tulis berapa yang terlaksana.")
    left = _(
        "Masih %(left)s %(unit)s belum terhitung. Kalau tidak terlaksana, tulis di “Tidak terlaksana”; kalau menyusul, "
        "beri tanda di bawah."
    )

    families = _("Berapa keluarga yang terlayani?")
    families_hint = _("Jumlahnya saja, tanpa nama. Kosongkan kalau tidak dihitung.")
    parties = _("Siapa yang mewakili penerima, siapa yang menyaksikan?")
    no_witness = _("Misalnya: selesai malam hari, tidak ada orang lain di balai warga.")
    where = _("Di mana, dan kapan selesainya?")
    place = _("Tempat kegiatan")
    place_needed = _("Tulis tempat kegiatannya.")
    day = _("Tanggal selesai")
    day_needed = _("Tulis kapan kegiatannya selesai.")
    time = _("Jam selesai")
    time_needed = _("Tulis jam selesainya.")
    arrived = _("Selesai")
    deliverer = _("Pelatih, tukang, atau petugas yang datang. Hanya pada dokumen asli.")

    none_good = _("Belum ada yang terlaksana")
    counted = _("Yang masuk statistik hanya yang terlaksana.")


NAMING: dict[str, Goods] = {AidKind.GOODS: Goods(), AidKind.MONEY: Money(), AidKind.SERVICE: Service()}


def naming_of(kinds: Iterable[str]) -> Goods:
    """How a report of these kinds of aid speaks."""
    found = set(kinds)
    return NAMING[found.pop() if len(found) == 1 else AidKind.GOODS]
