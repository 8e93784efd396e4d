from django.apps import AppConfig


class LibConfig(AppConfig):
    name = "samehand.lib"
    default_auto_field = "django.db.models.BigAutoField"
