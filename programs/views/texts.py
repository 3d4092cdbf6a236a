"""Pages of text: how it works, personal data, accessibility, the guide for RW, and the index of open data."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from regions.codes import Level
from regions.models import Region
from regions.public_version import public_page


@login_not_required
@public_page
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "texts/about.html")


@login_not_required
@public_page
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "texts/privacy.html")


@login_not_required
@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "texts/accessibility.html")


@login_not_required
@public_page
def rw_guide(request: HttpRequest) -> HttpResponse:
    return render(request, "texts/rw_guide.html")


@login_not_required
@public_page
def open_data(request: HttpRequest) -> HttpResponse:
    """What can be downloaded, with the columns of the files."""
    upper = Region.objects.current().filter(level__in=(Level.PROVINCE, Level.CITY), children__isnull=False)
    context = {"regions": upper.distinct().order_by("code"), "columns": _columns()}
    return render(request, "texts/open_data.html", context)


def _columns() -> list[tuple[str, str]]:
    """The columns of needs.csv that their name alone does not explain."""
    return [
        ("number", _("Nomor kebutuhan, sama dengan di halamannya.")),
        ("program, aid_type", _("Kode program dan bentuk bantuan.")),
        ("recipient_kind", _("rw, atau jenis lembaganya.")),
        ("region_code", _("Kode Kemendagri wilayah penerima. Kode BPS berbeda; jangan dicampur.")),
        (
            "people, people_kind",
            _("Banyaknya penerima dan satuannya: keluarga, warga, murid, dan seterusnya."),
        ),
        ("priority", _("1 biasa, 2 tinggi, 3 mendesak.")),
        ("state", _("published terbuka, paused dijeda, closed ditutup.")),
        ("target", _("Jumlah yang dibutuhkan, dalam satuan di kolom unit.")),
        ("held", _("Ditahan untuk ikrar yang menunggu jawaban. Belum dihitung sebagai alokasi.")),
        ("reserved", _("Dialokasikan: ikrar yang sudah diterima asesor.")),
        ("dispatched", _("Sudah dikirim.")),
        ("received", _("Diterima dalam keadaan baik menurut BAST.")),
        ("verified", _("Diterima, dan BAST-nya sudah diperiksa petugas.")),
        ("missing", _("target dikurangi held dan reserved.")),
        ("unit_value", _("Nilai acuan satu satuan dalam rupiah; kosong bila tidak ada.")),
        ("as_of", _("Saat berkas ini dibuat.")),
        ("note", _("“data contoh” bila angkanya karangan.")),
    ]
