"""Why a verb was not performed. Each carries a sentence for the person and an HTTP status."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _


class NotNow(ValidationError):
    """The verb is not possible in the state that the object is in now (409)."""

    status = 409

    def __init__(self, verb: str, state: str, message: str = "") -> None:
        self.verb, self.state = verb, state
        super().__init__(message or _("Langkah ini tidak bisa dilakukan pada keadaan sekarang. Muat ulang "
                                      "halaman untuk melihat keadaan terakhir."), code="not_now")  # fmt: skip


class Refused(ValidationError):
    """The request cannot be carried out as asked (422); `field` names the form field to show it at."""

    status = 422

    def __init__(self, message: str, *, field: str | None = None, code: str = "refused") -> None:
        self.field = field
        super().__init__(message, code=code)


class ReasonNeeded(Refused):
    """The verb asks for a reason and none was given."""

    def __init__(self) -> None:
        super().__init__(_("Tuliskan alasannya."), field="reason", code="reason_needed")


class NotAllowed(PermissionDenied):
    """In reach, but this role may not do it (403)."""

    status = 403


class OutOfReach(PermissionDenied):
    """Outside the area, organisation or program of everything this person is (shown as 404)."""

    status = 404
