"""The whole chain as its people walk it: from a target to a verified report that changes public statistics."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from playwright.sync_api import Browser, expect

from accounts import clock
from donations.handovers.models import Handover
from donations.pledges.models import Commitment
from donations.statistics.models import StatisticRow
from programs.models import Need
from tests.chain.conftest import PASSWORD, RW, VILLAGE, People
from tests.chain.processes import Process, wait_until
from tests.chain.walkers import DESKTOP, PHONE, Walker
from tests.factories import picture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("chain")]

WITNESS, RECEIVER = "Maimunah Saksi", "Sukirman Halim"


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"{colour}.jpg" for colour in ("red", "blue", "green", "teal")]
    for path in paths:
        path.write_bytes(picture(path.stem).getvalue())
    return paths


def set_target(officer: Walker, recipient: str, target: int) -> int:
    """A target as an assessor sets it: written down, looked at, published. The need's number."""
    officer.go("/id/meja/")
    page = officer.press("Tetapkan kebutuhan")
    page.get_by_label("Program dan bentuk bantuan").select_option(label="Paket sembako (paket)")
    page.get_by_label("Penerima").fill(recipient)
    page.get_by_label("Target").fill(str(target))
    page.get_by_label("Untuk berapa").fill("640")
    page.get_by_label("Siapa").select_option(label="keluarga")
    page.get_by_label("Mengapa di sini").fill(
        "Banyak keluarga kehilangan penghasilan harian sejak kebakaran."
    )
    page.get_by_label("Diharapkan tiba sebelum").fill(f"{clock.today() + timedelta(days=30):%Y-%m-%d}")
    page.get_by_label("Tempat serah terima").fill("Balai warga")
    officer.press("Simpan draf dan lihat pratinjau")
    officer.reads("Pratinjau draf", "Belum terlihat oleh umum")
    officer.press("Terbitkan")
    officer.press("Terbitkan")
    return int(re.findall(r"\d+", page.url)[-1])


def sign_up(giver: Walker, name: str, email: str, kind: str) -> None:
    page = giver.page
    page.get_by_label(kind).check()
    page.get_by_label("Nama organisasi atau nama Anda").fill(name)
    page.get_by_label("Nama ini boleh disebut kepada umum").check()
    page.get_by_label("Surel").fill(email)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_label("Saya menyetujui").check()
    giver.press("Buat akun")
    giver.reads("Periksa surel Anda")
    assert mail.outbox[-1].to == [email]
    giver.go(re.findall(r"https?://[^/]+(/\S+/confirm-email/\S+)", mail.outbox[-1].body)[0])
    giver.press("Ya, konfirmasikan")


def pledge(giver: Walker, need: int, quantity: int, *, through: str = "") -> None:
    """The questions of the pledge flow, up to the account."""
    giver.go(f"/id/kebutuhan/{need}/")
    page = giver.press(re.compile("^Bantu RW 03"))
    page.get_by_label(re.compile("Berapa paket")).fill(str(quantity))
    giver.press(re.compile("Lanjut ke"))
    giver.press(re.compile(f"Melalui {through}" if through else "Kami kirim sendiri"))
    giver.press(re.compile("CSR"))
    giver.press(re.compile("Lanjut ke"))
    giver.press(re.compile("Ya, sebut nama kami"))


def send_pledge(giver: Walker) -> None:
    giver.press(re.compile("Setujui surat dan kirim"))
    giver.reads("Terima kasih. Ikrar Anda sudah kami terima.")


def accept(officer: Walker, commitment: Commitment) -> None:
    """The first contact is recorded, then all of it accepted."""
    officer.go("/id/meja/ikrar/")
    officer.go(commitment.get_absolute_url())
    page = officer.press("Catat kontak")
    page.get_by_label("Yang disepakati").fill("Dikirim pekan ini ke balai warga.")
    officer.press("Catat kontak")
    officer.press(re.compile("^Terima "))
    officer.reads("diterima")


def plan_and_dispatch(deliverer: Walker) -> str:
    """All that waits for one recipient, on board today. The delivery's address."""
    deliverer.go("/id/pengiriman/")
    page = deliverer.press("Rencanakan pengiriman")
    if page.get_by_role("heading", name="Ke mana pengirimannya?").count():
        deliverer.press(re.compile("RW 03"))
    page.get_by_label("Jam").fill("09.00–11.00")
    deliverer.press("Rencanakan pengiriman")
    deliverer.press("Catat berangkat")
    deliverer.reads("tidak dapat dibatalkan")
    deliverer.press("Catat berangkat")
    deliverer.reads("di jalan")
    return page.url.removeprefix(deliverer.base)


def report(
    receiver: Walker, delivery: str, photos: list[Path], counts: tuple[int, int, int], *, more: bool
) -> None:
    """A report, one question a page. `more`: the rest comes later."""
    receiver.go(delivery)
    page = receiver.press(re.compile("Buat berita acara"))
    receiver.press(re.compile("Mulai dari foto"))
    page.locator("#id_photos").set_input_files(photos)
    expect(page.get_by_role("heading", name=f"{len(photos)} foto tersimpan")).to_be_visible()
    receiver.press(re.compile("^Lanjut"))
    count(receiver, counts, more=more)
    page.get_by_label("Jabatannya").fill("Ketua RW 03")
    page.get_by_label("Nama saksi").fill(WITNESS)
    page.get_by_label("Jabatan atau hubungan saksi").fill("Ketua RT 05")
    receiver.press(re.compile("^Lanjut"))
    page.get_by_label("Tempat serah terima").fill("Balai warga RW 03")
    page.get_by_role("button", name="Pakai posisi saya").click()
    expect(page.get_by_text("Posisi tercatat")).to_be_visible()
    receiver.press(re.compile("^Lanjut"))
    receiver.press(re.compile("^Lanjut"))  # signed on paper
    submit(receiver)


def count(receiver: Walker, counts: tuple[int, int, int], *, more: bool) -> None:
    page = receiver.page
    for label, quantity in zip(("Baik", "Rusak", "Tidak ada"), counts, strict=True):
        page.get_by_label(label).fill(str(quantity))
    if sum(counts[1:]):
        page.get_by_label("Mengapa kurang dari kiriman").select_option("handling")
    if more:
        page.get_by_label("Sisanya menyusul").check()
    receiver.press(re.compile("^Lanjut"))
    page.get_by_label("Berapa keluarga").fill("120")
    receiver.press(re.compile("^Lanjut"))


def submit(receiver: Walker) -> None:
    receiver.page.get_by_label("sesuai dengan yang saya lihat").check()
    receiver.press("Ajukan berita acara")
    # A script sends what the phone still holds; where that takes long it leads to what waits, and there to the receipt.
    receiver.page.wait_for_url(re.compile("/(tanda-terima|menunggu)/$"))
    if receiver.page.url.endswith("/menunggu/"):
        # Earlier reports stand there with their receipts as well: nothing may wait any more.
        page = receiver.page
        expect(page.get_by_role("link", name="Lihat tanda terima").first).to_be_visible()
        expect(page.get_by_role("button", name="Kirim sekarang").filter(visible=True)).to_have_count(
            0, timeout=60_000
        )
        receiver.press("Lihat tanda terima")


def hand_over_code(facilitator: Walker, name: str) -> tuple[str, str]:
    """A code and a link for an official, made by the kelurahan: (six digits, address)."""
    facilitator.go("/id/meja/")
    facilitator.press("Buat kode masuk untuk pengurus")
    facilitator.press(name)
    page = facilitator.press("Buat kode masuk")
    return page.locator(".slip-code").inner_text(), page.locator("#tautan").inner_text()


def published(measure: str) -> int | None:
    """A published figure of staple-food packages in Jakarta Selatan."""
    rows = StatisticRow.objects.filter(city_code="31.74", program_code="pangan", measure=measure)
    return rows.filter(dimension="aid_type", key="sembako").values_list("value", flat=True).first()


@pytest.fixture
def walk(browser: Browser, live_server) -> Iterator[object]:
    """`walk(name, viewport)` opens a browser for a person; all are closed at the end."""
    walkers: list[Walker] = []

    def begin(name: str, viewport: dict[str, int], **context) -> Walker:
        walkers.append(Walker(browser, live_server.url, name, viewport, **context))
        return walkers[-1]

    yield begin
    for one in walkers:
        if one.page.url != "about:blank":
            one.picture("akhir")
        one.context.close()


def test_chain_from_target_to_public_statistics(
    walk, people: People, photos: list[Path], worker_at_work: Process
) -> None:
    visitor, officer = walk("pengunjung", DESKTOP), walk("asesor", DESKTOP)
    visitor.go("/id/")
    visitor.go("/id/peta/")
    visitor.go("/id/statistik/")

    # an assessor of Jakarta Selatan sets a target, which everybody sees at once
    officer.sign_in("asesor@contoh.test", PASSWORD)
    need_pk = set_target(officer, "RW 03 Manggarai", 1000)
    need = Need.objects.get(pk=need_pk)
    assert (need.region_id, need.state) == (RW, "published")
    for address in (
        "/id/kebutuhan/",
        f"/id/peta/?wilayah={VILLAGE}",
        f"/id/wilayah/{RW}/",
        f"/id/wilayah/{VILLAGE}/",
        f"/id/kebutuhan/{need_pk}/",
    ):
        visitor.go(address)
        visitor.reads("RW 03", "1.000")
    neighbour = set_target(officer, "RW 05 Manggarai", 900)
    set_target(officer, "RW 02 Manggarai Selatan", 300)

    # a newcomer begins without an account, and gets one on the way
    direct = walk("kolaborator", PHONE)
    pledge(direct, need_pk, 600)
    sign_up(direct, "Yayasan Teduh Raya", "teduh@contoh.test", "Organisasi sosial")
    send_pledge(direct)
    visitor.go(f"/id/kebutuhan/{need_pk}/")
    visitor.reads("600", "menunggu asesor")
    assert "Yayasan Teduh Raya" not in visitor.text()

    # another gives through an aggregator with a valid permit
    through = walk("donatur", PHONE)
    pledge(through, need_pk, 400, through="Lumbung Bersama")
    sign_up(through, "PT Sinar Pagi", "sinar@contoh.test", "Perusahaan")
    send_pledge(through)

    # a third is told that it is full, and offered the nearest needs of the same aid type
    third = walk("ketiga", PHONE)
    third.go(f"/id/kebutuhan/{need_pk}/")
    third.reads("Kebutuhan ini sudah penuh.", "RW 05 Manggarai")
    third.go(f"/id/kebutuhan/{need_pk}/ikrar/?jumlah=250")
    third.reads("Kebutuhan ini sudah penuh.", "Kebutuhan serupa di dekatnya", "RW 05 Manggarai")
    third.press("Beri bantuan di sini")
    assert third.page.url.endswith(f"/kebutuhan/{neighbour}/ikrar/?jumlah=250")
    assert third.page.get_by_label(re.compile("Berapa paket")).input_value() == "250"

    # the assessor records the first contact and accepts
    own, bought = Commitment.objects.order_by("pk")
    accept(officer, own)
    accept(officer, bought)
    need.refresh_from_db()
    assert (need.held, need.reserved, need.missing) == (0, 1000, 0)
    visitor.go(f"/id/kebutuhan/{need_pk}/")
    visitor.reads("Yayasan Teduh Raya", "PT Sinar Pagi")
    wait_until(lambda: published("committed") == 1000, 60, worker_at_work.said)

    # the aggregator receives the money and buys; both deliverers plan and dispatch
    collector = walk("agregator", DESKTOP)
    collector.sign_in("agregator@contoh.test", PASSWORD)
    collector.go(bought.get_absolute_url())
    collector.press("Catat dana masuk")
    collector.page.get_by_label("Jumlah rupiah").fill("82000000")
    collector.press("Catat dana masuk")
    collector.press("Catat pembelian")
    collector.page.get_by_label("Biaya pengumpulan").fill("2000000")
    collector.press("Catat pembelian")
    collector.reads("Rp82.000.000", "Rp2.000.000")
    first, second = plan_and_dispatch(direct), plan_and_dispatch(collector)

    # the kelurahan hands a code to the RW's official, who reports in two arrivals
    facilitator = walk("lurah", DESKTOP)
    facilitator.sign_in("lurah@contoh.test", PASSWORD)
    code, _link = hand_over_code(facilitator, people.official.name)
    receiver = walk(
        "pengurus",
        PHONE,
        geolocation={"latitude": -6.2135, "longitude": 106.8511},
        permissions=["geolocation"],
    )
    receiver.go("/id/masuk/")
    receiver.press(re.compile("telepon"))
    receiver.page.get_by_label("Nomor telepon").fill("0812-1111-0003")
    receiver.page.get_by_label("Kode").fill(code)
    receiver.press("Masuk")
    receiver.reads("600 paket dari Yayasan Teduh Raya", "400 paket dari Lumbung Bersama")
    report(receiver, first, photos[:2], (380, 8, 12), more=True)
    receiver.reads("Masih ada yang belum dilaporkan")
    report(receiver, first, photos[2:3], (200, 0, 0), more=False)
    report(receiver, second, photos[3:], (400, 0, 0), more=False)
    early, late, other = Handover.objects.order_by("pk")
    assert (early.state, late.state, other.state) == ("submitted",) * 3

    # nobody of another RW sees any of it, and who reported may not verify
    _code, link = hand_over_code(facilitator, people.other_official.name)
    stranger = walk("pengurus-lain", PHONE)
    stranger.go(link)
    stranger.press("Masuk sekarang")
    photo = early.photos.first()
    assert photo is not None
    for address in (
        first,
        f"{first}laporan/",
        f"/id/laporan/{early.pk}/",
        f"/id/laporan/{early.pk}/jumlah/",
        f"/id/laporan/{early.pk}/tindakan/verify/",
        f"/id/foto/{photo.pk}/",
    ):
        stranger.go(address, 404)
    receiver.go(f"/id/laporan/{early.pk}/")
    expect(receiver.page.get_by_role("button", name="Verifikasi")).to_have_count(0)
    receiver.go(f"/id/laporan/{early.pk}/tindakan/verify/", 403)

    # the assessor sends one back; corrected, it is verified, and so are the others
    officer.go(f"/id/laporan/{early.pk}/")
    officer.press("Kembalikan untuk diperbaiki")
    officer.page.get_by_label("Alasan").fill(
        "Di foto yang rusak tampak lebih dari delapan. Mohon dihitung lagi."
    )
    officer.press("Kembalikan untuk diperbaiki")
    visitor.go(early.get_absolute_url())
    visitor.reads("Sedang diperbaiki")
    receiver.go("/id/meja/")
    receiver.press("Perbaiki berita acara")
    receiver.reads("Mohon dihitung lagi")
    receiver.press(re.compile("^Lanjut"))
    count(receiver, (378, 10, 12), more=True)
    receiver.press(re.compile("^Lanjut"))
    receiver.press(re.compile("^Lanjut"))
    receiver.press(re.compile("^Lanjut"))  # signed on paper
    submit(receiver)
    for one in (early, late, other):
        officer.go(f"/id/laporan/{one.pk}/")
        officer.press("Verifikasi")
        officer.reads("terverifikasi")

    # what did not arrive is sent again in part, and opened to others in part
    officer.go(first)
    officer.press("Kirim ulang 22")
    officer.page.get_by_label("Jumlah").fill("12")
    officer.press("Kirim ulang yang kurang")
    officer.press("Lepaskan 10")
    officer.page.get_by_label("Alasan").fill("Tidak diganti pemberinya; terbuka lagi untuk orang lain.")
    officer.press("Lepaskan yang kurang")
    need.refresh_from_db()
    assert (need.reserved, need.received, need.verified, need.missing) == (990, 978, 978, 10)

    # the worker recomputes; statistics, map and region pages show it with its time
    wait_until(lambda: published("verified") == 978, 60, worker_at_work.said)
    visitor.go("/id/statistik/")
    visitor.reads("Jakarta Selatan", "978", "WIB")
    for address in (f"/id/peta/?wilayah={VILLAGE}", f"/id/wilayah/{RW}/", f"/id/kebutuhan/{need_pk}/"):
        visitor.go(address)
        visitor.reads("10", " WIB")
    visitor.go("/id/wilayah/31.74/")
    visitor.go("/id/")

    # the report's public page: verified, and nobody's name
    visitor.go(early.get_absolute_url())
    visitor.reads("378 paket sembako", "Terverifikasi", "Pemeriksa bukan pelapor", "Yayasan Teduh Raya")
    for address in (
        early.get_absolute_url(),
        late.get_absolute_url(),
        f"/id/kebutuhan/{need_pk}/",
        f"/id/wilayah/{RW}/",
        "/data/needs.csv",
        "/data/statistics.json",
    ):
        response = visitor.context.request.get(visitor.base + address)
        assert response.ok
        for name in (*people.names, WITNESS, "0812", "+62812"):
            assert name not in response.text(), f"{address} names {name}"

    # every timeline says who, what and when
    officer.go(own.get_absolute_url())
    officer.reads(
        "kolaborator Yayasan Teduh Raya",
        "Kolaborator dihubungi",
        "asesor Jakarta Selatan",
        "Ikrar diterima asesor",
    )
    officer.go(first)
    officer.reads(
        "Pengiriman direncanakan", "pengurus penerima RW 03 Manggarai", "Yang kurang akan dikirim ulang"
    )
    officer.go(f"/id/laporan/{early.pk}/")
    officer.reads("BAST diajukan", "Dikembalikan untuk diperbaiki", "Mohon dihitung lagi", "Diverifikasi")
    direct.go(own.pledge.get_absolute_url())
    direct.reads("diterima asesor", "578")
