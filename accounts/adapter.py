"""How sign-in by e-mail speaks and where it leads: allauth's adapter in our words."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.landing import landing, safe_next
from accounts.mail import tried
from accounts.models import User

_WRONG_CODE = _("Kode ini tidak cocok. Tunggu kode berikutnya di aplikasi, lalu coba lagi.")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages: ClassVar[dict[str, str | Promise]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Akun ini sedang tidak aktif. Hubungi administrator kota Anda."),
        "cannot_remove_primary_email": _("Surel utama tidak dapat dihapus. Jadikan surel lain utama dulu."),
        "duplicate_email": _("Surel ini sudah ada di akun Anda."),
        "email_password_mismatch": _("Surel atau kata sandi ini tidak cocok. Periksa keduanya."),
        "email_taken": _("Surel ini sudah terdaftar."),
        "enter_current_password": _("Kata sandi sekarang tidak cocok."),
        "incorrect_code": _WRONG_CODE,
        "incorrect_password": _("Kata sandi ini tidak cocok."),
        "invalid_or_expired_key": _("Tautan ini sudah terpakai atau lewat waktunya."),
        "invalid_login": _("Surel atau kata sandi ini tidak cocok. Periksa keduanya."),
        "invalid_password_reset": _("Tautan ini sudah terpakai atau lewat waktunya. Minta tautan baru."),
        "max_email_addresses": _("Satu akun paling banyak memuat %d surel."),
        "rate_limited": _("Terlalu banyak permintaan. Tunggu beberapa menit."),
        "same_as_current": _("Ini sama dengan yang sekarang. Tulis yang baru."),
        "select_only_one": _("Pilih satu saja."),
        "too_many_login_attempts": _(
            "Terlalu banyak percobaan dengan surel ini. Tunggu lima menit, lalu coba lagi, atau ganti kata sandi."
        ),
        "unknown_email": _("Surel ini belum terdaftar."),
        "unverified_primary_email": _("Konfirmasikan dulu surel utama Anda."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send; while the mail server is away the page stands and says so, and nothing that was typed is lost."""
        with tried(self.request):
            super().send_mail(template_prefix, email, context)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        assert isinstance(request.user, User)
        return landing(request.user)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """The mail's link, with the way on: opened on another phone, it still leads back to the pledge."""
        url: str = super().get_email_confirmation_url(request, emailconfirmation)
        following = safe_next(request)
        if not following:
            return url
        login = f"{reverse('account_login')}?{urlencode({'next': following})}"
        return f"{url}?{urlencode({'next': login})}"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return reverse("account") if self.request.user.is_authenticated else reverse("account_login")


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages: ClassVar[dict[str, str | Promise]] = DefaultMFAAdapter.error_messages | {
        "add_email_blocked": _("Matikan dulu pengaman kedua, lalu tambahkan surelnya."),
        "cannot_delete_authenticator": _("Pengaman kedua tidak dapat dimatikan."),
        "cannot_generate_recovery_codes": _("Nyalakan dulu pengaman kedua."),
        "incorrect_code": _WRONG_CODE,
        "unverified_email": _("Konfirmasikan dulu surel Anda, lalu nyalakan pengaman kedua."),
    }
