from django.apps import AppConfig


class KsbbConfig(AppConfig):
    name = "ksbb"
    default_auto_field = "django.db.models.BigAutoField"
