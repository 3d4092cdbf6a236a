from django.apps import AppConfig


class KsbbConfig(AppConfig):
    name = "ksbb"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ksbb.catalogs import compile_catalogs

        compile_catalogs()
