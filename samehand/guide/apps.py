from django.apps import AppConfig


class GuideConfig(AppConfig):
    name = "samehand.guide"
    label = "guide"
