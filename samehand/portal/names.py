"""First names in Polish sentences: the past tense says whether she or he answered."""

from __future__ import annotations

# Names whose ending deceives.
MEN = " barnaba bonawentura kosma kuba jarema luka luca andrea nikita ilia ilja misza sasza zawisza jona "
WOMEN = (
    " beatrycze carmen karmen ines inez ingrid miriam nel nicole noemi rachel rut ruth esther ester salome elisabeth "
    "abigail dolores jennifer margot ivy iris doris sophie marie mercedes kim lily zoe chloe "
)


def is_she(first_name: str) -> bool:
    """Whether Polish says "odpowiedziała" of her: women's names end in -a, with few exceptions."""
    name = first_name.lower().partition(" ")[0]
    return f" {name} " in WOMEN or (name.endswith("a") and f" {name} " not in MEN)
