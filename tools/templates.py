"""Every template compiles, and every template that another one names is there."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import house
from floors import TEMPLATE_REFERENCE


def main() -> int:
    house.set_up()
    troubles = list(find_troubles())
    print("\n".join(troubles) or f"{len(house.templates())} templates compile")
    return 1 if troubles else 0


def find_troubles() -> Iterator[str]:
    from django.template import TemplateDoesNotExist, TemplateSyntaxError, engines

    engine = engines["django"]
    for name, path in house.templates().items():
        text = path.read_text()
        try:
            engine.from_string(text)
            for target in TEMPLATE_REFERENCE.findall(text):
                engine.get_template(target)
        except (TemplateSyntaxError, TemplateDoesNotExist) as trouble:
            yield f"{name}: {type(trouble).__name__}: {trouble}"


if __name__ == "__main__":
    sys.exit(main())
