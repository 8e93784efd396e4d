"""Foreign keys and template includes go down the floors too: both name their target by a string, unseen by imports."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import house

TEMPLATE_REFERENCE = re.compile(r"""{%\s*(?:extends|include)\s+["']([^"']+)["']""")


def main() -> int:
    house.set_up()
    wrong = [*wrong_keys(), *wrong_includes()]
    print("\n".join(wrong) or "all references go down")
    return 1 if wrong else 0


def wrong_keys() -> Iterator[str]:
    from django.apps import apps

    for model in apps.get_models():
        upper = house.room_of_module(model.__module__)
        for field in model._meta.get_fields():
            if not upper or not field.is_relation or field.auto_created or field.related_model is None:
                continue
            lower = house.room_of_module(field.related_model.__module__)
            if lower and not house.goes_down(upper, lower):
                yield f"{model._meta.label}.{field.name} points up, from {upper} to {lower}"


def wrong_includes() -> Iterator[str]:
    files = house.templates()
    for name, path in files.items():
        upper = house.room_of_file(path)
        for target in TEMPLATE_REFERENCE.findall(path.read_text()):
            lower = house.room_of_file(files[target]) if target in files else None
            if upper and lower and not house.goes_down(upper, lower):
                yield f"{name} of {upper} uses {target} of {lower}"


if __name__ == "__main__":
    sys.exit(main())
