from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Who is told of which verb registers by being imported.
        import accounts.own_notices  # noqa: F401
        from accounts.notices.actions.telling import when_urgent
        from accounts.notices.tasks import send_soon

        when_urgent(send_soon)
