"""The end of the demo's story: officers let photos into the gallery, and tell one handover of each program."""

from datetime import datetime, timedelta

from django.db.models import F

from accounts import clock
from donations.handovers import actions as handovers
from donations.handovers.models import Handover, HandoverQuerySet
from donations.handovers.states import HandoverState
from donations.stories import actions as stories

# Of every three verified reports the officers looked through the photos of one.
EVERY = 3
TEXTS: dict[str, dict[str, str]] = {
    "pangan": {
        "title": "Dua gerobak, satu pagi",
        "text": "Ketika paketnya tiba, gang terlalu sempit untuk mobil. Pengurus RW meminjam dua gerobak dan membagi "
        "rutenya per gang.\n\nSetiap paket dihitung sebelum diserahkan, dan hitungan itu yang ditulis di berita acara. "
        "Sebelum tengah hari semuanya sampai di rumah-rumah yang terdata.",
        "title_en": "Two carts, one morning",
        "text_en": "When the packages came, the alley was too narrow for a car. The RW borrowed two carts and "
        "split the route by alley.\n\nEvery package was counted before it was handed over, and that count is what the "
        "report says. Before noon all had reached the homes on the list.",
    },
    "pendidikan": {
        "title": "Belajar tanpa bergantian",
        "text": "Di sini beberapa murid memakai satu telepon bergiliran, dan yang mendapat giliran malam sering "
        "ketinggalan pelajaran.\n\nGawainya dicatat satu per satu pada hari diterima. Sekolah menyimpan daftarnya, "
        "sehingga setiap unit tahu tempatnya.",
        "title_en": "Learning without taking turns",
        "text_en": "Several pupils here used to share one phone, and whoever had it in the evening often missed the "
        "lessons.\n\nThe devices were recorded one by one on the day they came. The school keeps the list, so that every "
        "unit has its place.",
    },
    "umkm": {
        "title": "Warung yang menghitung ulang harganya",
        "text": "Pelatihannya dimulai dari buku catatan: berapa bahan, berapa jam, berapa sisa. Sebagian peserta baru "
        "tahu bahwa menu yang paling laku justru tidak menyisakan apa-apa.\n\nYang dihitung di sini hanya peserta yang "
        "hadir sampai selesai.",
        "title_en": "The stall that worked out its prices again",
        "text_en": "The training began with a notebook: how much material, how many hours, how much is left. Some found "
        "that the dish that sells best leaves them nothing.\n\nOnly those who stayed to the end are counted here.",
    },
    "permukiman": {
        "title": "Gang yang kini punya bayangan",
        "text": "Warga memilih sendiri letak tanamannya: di sisi yang kena matahari sore, dekat tempat anak-anak "
        "bermain.\n\nSetelah dipasang, barangnya dicatat sebagai milik RW, dengan siapa yang merawatnya setiap pekan.",
        "title_en": "An alley that has shade now",
        "text_en": "The residents chose where the plants would stand: on the side of the afternoon sun, near where the "
        "children play.\n\nOnce they were in place they were recorded as the RW's own, with who looks after them each "
        "week.",
    },
    "persampahan": {
        "title": "Timbangan yang menyelesaikan perdebatan",
        "text": "Sebelum ada timbangan, setoran bank sampah ditaksir dengan tangan, dan setiap pekan ada yang merasa "
        "kurang.\n\nSekarang angkanya terlihat oleh yang menyetor. Catatannya dibawa pulang, satu lembar untuk setiap "
        "rumah.",
        "title_en": "The scale that ended an argument",
        "text_en": "Before there was a scale, what people brought to the waste bank was judged by hand, and every week "
        "somebody felt short-changed.\n\nNow whoever brings it sees the figure, and takes the slip home.",
    },
    "tenaga-kerja": {
        "title": "Enam pekan, lalu lamaran pertama",
        "text": "Para pencari kerja berlatih di balai pelatihan terdekat, pagi untuk praktik dan siang untuk menulis "
        "lamaran.\n\nDaftar hadir setiap pertemuan menjadi dasar berita acaranya.",
        "title_en": "Six weeks, then the first application",
        "text_en": "The job seekers trained at the nearest training centre: mornings for practice, afternoons for "
        "writing applications.\n\nThe attendance list of every meeting is what the report rests on.",
    },
}


# The form of aid that each text speaks of.
AID = {
    "pangan": "sembako", "pendidikan": "ponsel", "umkm": "pelatihan", "permukiman": "penghijauan",
    "persampahan": "timbangan", "tenaga-kerja": "pelatihan",
}  # fmt: skip


def show(until: datetime) -> int:
    """Clear photos, and publish a story for each program that has a handover to tell of; how many verbs that took."""
    long_ago = until - timedelta(days=2)
    verified = Handover.objects.filter(state=HandoverState.VERIFIED, verified_at__lt=long_ago)
    tellable = {program: handover for program in TEXTS if (handover := _one_of(verified, program))}
    verbs = 0
    for number, handover in enumerate(verified.select_related("verified_by").order_by("-verified_at", "pk")):
        programs = [program for program, told in tellable.items() if told.pk == handover.pk]
        if number % EVERY and not programs:
            continue
        assert handover.verified_at is not None
        with clock.at(handover.verified_at + timedelta(hours=26)):
            photos = list(handover.photos.values_list("pk", flat=True))
            handovers.clear(handover=handover, by=handover.verified_by, photos=photos)
            verbs += 1
            for program in programs:
                story = stories.write(handover=handover, by=handover.verified_by, **TEXTS[program])
                stories.publish(story=story, by=handover.verified_by)
                verbs += 2
    return verbs


def _one_of(verified: HandoverQuerySet, program: str) -> Handover | None:
    """The latest of a program that an RW received, of the form of aid that its text speaks of."""
    commitment = "lines__delivery_line__allocation__commitment"
    found = verified.filter(
        **{f"{commitment}__program": program, f"{commitment}__aid_type__code": AID[program]}
    )
    # Those of an RW first, then those of institutions.
    return found.order_by(F("delivery__site").desc(nulls_first=True), "-verified_at", "pk").first()
