"""Files that rows name. A change may be undone, a deleted file may not: so the file goes after the row."""

from django.db import transaction
from django.db.models.fields.files import FieldFile


def delete_after_commit(file: FieldFile) -> None:
    """Delete the file that `file` names now, once the transaction is committed; no file, nothing to do.

    One that cannot be deleted is logged by Django and hinders nobody.
    """
    storage, name = file.storage, str(file.name or "")
    if name:
        transaction.on_commit(lambda: storage.delete(name), robust=True)
