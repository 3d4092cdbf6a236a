from typing import Any

import pgtrigger
from django.core.files.base import ContentFile
from django.core.management import BaseCommand, CommandError
from django.db import connection, transaction

from accounts.sealing import Unreadable, rotate
from accounts.stored import delete_after_commit
from donations.confirmations.models import ConfirmationRemark
from donations.handovers.models import RecipientList
from donations.misconduct.models import CaseDraft, CaseEntry, Evidence

TABLES = (CaseEntry, CaseDraft, ConfirmationRemark)
APPEND_ONLY = ("donations.CaseEntry:append_only", "donations.ConfirmationRemark:append_only")
FILES: tuple[type[Evidence] | type[RecipientList], ...] = (Evidence, RecipientList)


class Command(BaseCommand):
    help = "Encrypt reports of misconduct and what else is sealed anew with the first of EVIDENCE_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        """Safe to stop and to run again. An old key may go once this has ended well, and a backup was made."""
        try:
            texts = sum(self._texts(model._meta.db_table) for model in TABLES)
            files = sum(
                self._file(model, pk)
                for model in FILES
                for pk in model.objects.exclude(file="").order_by("pk").values_list("pk", flat=True)
            )
        except Unreadable as error:
            raise CommandError(f"{error} Nothing that was not read has been changed.") from error
        self.stdout.write(f"{texts} texts and {files} files are encrypted with the first key.")

    @staticmethod
    @transaction.atomic
    def _texts(table: str) -> int:
        """The tokens as they lie there; entries are append-only, so their trigger is told to look away."""
        name = connection.ops.quote_name(table)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id, body FROM {name} ORDER BY id FOR UPDATE")  # noqa: S608 a table's own name
            rows = [(rotate(bytes(body)), pk) for pk, body in cursor.fetchall()]
            with pgtrigger.ignore(*APPEND_ONLY):
                # One by one: the trigger is told with each statement, and not with many as one.
                for row in rows:
                    cursor.execute(f"UPDATE {name} SET body = %s WHERE id = %s", row)  # noqa: S608
        return len(rows)

    @staticmethod
    @transaction.atomic
    def _file(model: type[Evidence] | type[RecipientList], pk: int) -> int:
        row = model.objects.select_for_update().filter(pk=pk).exclude(file="").first()
        if row is None:
            return 0
        with row.file.open("rb") as stream:
            token = rotate(stream.read())
        delete_after_commit(row.file)
        row.file.save("", ContentFile(token), save=False)
        row.save(update_fields=["file"])
        return 1
