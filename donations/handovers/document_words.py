"""How the document speaks of what was handed over: goods (and money) are sent and arrive, a service is carried out.

Indonesian in whatever language the reader is, as all of the document.
"""

from donations.handovers.contents import Content


class Handing:
    columns: tuple[str, ...] = ("No.", "Jenis bantuan", "Satuan", "Dikirim", "Baik", "Rusak", "Tidak ada")
    handing = (
        "PIHAK PERTAMA menyerahkan kepada PIHAK KEDUA, dan PIHAK KEDUA menerima dari PIHAK PERTAMA, bantuan yang dikirim "
        "dan dihitung sebagai berikut:"
    )
    basis = "Pengiriman {number}, berangkat tanggal {day}."
    good, damaged, missing = "diterima baik", "rusak", "tidak ada"
    extra = "Datang lebih dari kiriman"
    seen = "jumlah, foto, dan keterangan dalam Berita Acara ini dilihat dan dihitung sendiri oleh PIHAK KEDUA ketika tiba"
    received = "yang diterima PIHAK KEDUA hanya jumlah pada kolom Baik"
    short = (
        "yang rusak atau tidak ada bukan bagian dari yang diterima, dan diselesaikan tersendiri: dikirim ulang, atau "
        "dilepas kembali ke kebutuhannya"
    )
    rest = (
        "jumlah yang dikirim dan tidak tercantum pada kolom mana pun dicatat dalam berita acara lain untuk pengiriman "
        "yang sama"
    )
    deliverer = "yang menyerahkan"
    recipients = "Bantuan ini diterima oleh"


class Serving(Handing):
    columns = ("No.", "Jenis jasa", "Satuan", "Rencana", "Terlaksana", "Tidak layak", "Tidak terlaksana")
    handing = (
        "PIHAK PERTAMA telah melaksanakan bagi PIHAK KEDUA, dan PIHAK KEDUA telah menerima dari PIHAK PERTAMA, jasa yang "
        "direncanakan dan terlaksana sebagai berikut:"
    )
    basis = "Pelaksanaan {number}, dimulai tanggal {day}."
    good, damaged, missing = "terlaksana", "tidak layak", "tidak terlaksana"
    extra = "Lebih dari rencana"
    seen = (
        "jumlah, foto, dan keterangan dalam Berita Acara ini dilihat dan dicocokkan sendiri oleh PIHAK KEDUA"
    )
    received = "yang diterima PIHAK KEDUA hanya jumlah pada kolom Terlaksana"
    short = (
        "yang tidak layak atau tidak terlaksana bukan bagian dari yang diterima, dan diselesaikan tersendiri: "
        "dijadwalkan lagi, atau dilepas kembali ke kebutuhannya"
    )
    rest = (
        "jumlah yang direncanakan dan tidak tercantum pada kolom mana pun dicatat dalam berita acara lain untuk "
        "pelaksanaan yang sama"
    )
    deliverer = "yang melaksanakan"
    recipients = "Jasa ini diterima oleh"


def words_for(content: Content) -> Handing:
    """A record from before lines said whether they are services speaks of goods, as its document did."""
    named = content["words"]["lines"].values()
    return Serving() if all(line.get("is_service") for line in named) else Handing()
