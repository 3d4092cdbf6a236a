"""What reports say, unreadable where it lies."""

from typing import Any

from django.db import models

from accounts.sealing import decrypt, encrypt


class EncryptedText(models.BinaryField):
    """A text that the database holds encrypted. It cannot be searched, and no two tokens are alike."""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, str):
            value = encrypt(value.replace("\x00", "").encode())
        return super().get_db_prep_value(value, connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        return None if value is None else decrypt(value).decode()
