"""The steps on one sheet of paper: A4, for who prints it or gives it to somebody.

Only who draws loads this: the drawing takes some 40 MB of a process.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from importlib.resources import as_file, files

from fpdf import FPDF

from samehand.guide.setup import codes
from samehand.guide.setup.making import Setup
from samehand.guide.setup.values import Value

FONTS = files("samehand.guide") / "data" / "fonts"
FAMILY = "Inter"
# Millimetres.
MARGIN, GUTTER, QR = 18.0, 8.0, 30.0
# The accent and inks of the pages, for paper.
ACCENT, INK, SOFT, LINE, TINT = (12, 90, 97), (36, 33, 29), (84, 78, 69), (224, 218, 208), (246, 243, 238)


def sheet(setup: Setup, address: str, *, now: datetime) -> bytes:
    """A PDF; `address` is where the page stands."""
    drawing = _Sheet(setup, address, now)
    drawing.draw()
    return bytes(drawing.output())


class _Sheet(FPDF):
    def __init__(self, setup: Setup, address: str, now: datetime) -> None:
        super().__init__(format="A4")
        self.setup, self.address, self.english = setup, address, setup.language == "en"
        for style, name in (("", "Regular"), ("B", "SemiBold")):
            with as_file(FONTS / f"Inter-{name}.ttf") as font:
                self.add_font(FAMILY, style, font)
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(True, 22)
        self.set_title(f"{setup.access.name}: {setup.title}")
        self.set_lang(setup.language)
        self.set_creator("Samehand")
        self.set_creation_date(now)

    def draw(self) -> None:
        self.add_page()
        self._head()
        if self.setup.internet:
            self._title("Type these" if self.english else "Te wartości wpisz")
            self._table(self.setup.internet)
        self._steps("Internet", self.setup.steps.internet)
        if self.setup.mms:
            # The steps name these values: a second table would only make a second sheet.
            self._steps("MMS", self.setup.steps.mms)
        self._steps("Does it work?" if self.english else "Czy działa?", self.setup.steps.check)

    def footer(self) -> None:
        self.set_y(-15)
        self._font(8, colour=SOFT)
        facts = self.setup.facts
        help_ = "It does not work? Write to us" if self.english else "Nie działa? Napisz do nas"
        self.cell(0, 4, f"{help_}: {facts['email']}, {facts['hotline']} ({facts['hotline_hours']})", align="L")
        self.cell(0, 4, f"{self.page_no()}", align="R")

    def _head(self) -> None:
        self.set_fill_color(*ACCENT)
        self.rect(0, 0, self.w, 3, style="F")
        self._qr(self.w - MARGIN - QR, MARGIN - 2)
        width = self.epw - QR - GUTTER
        self._font(10, bold=True, colour=ACCENT)
        self.multi_cell(width, 5, self.setup.access.name, new_x="LMARGIN", new_y="NEXT")
        self._font(21, bold=True)
        said = "Internet and MMS" if self.english else "Internet i MMS"
        self.multi_cell(width, 9, said if self.setup.mms else "Internet", new_x="LMARGIN", new_y="NEXT", align="L")
        self._font(14)
        self.multi_cell(width, 7, self.setup.title, new_x="LMARGIN", new_y="NEXT", align="L")
        self._font(8.5, colour=SOFT)
        scan = (
            "On the phone: scan the code, then values can be copied."
            if self.english
            else ("W telefonie: zeskanuj kod, wtedy wartości można skopiować.")
        )
        self.multi_cell(width, 4.2, f"{scan} {self.address}", new_x="LMARGIN", new_y="NEXT", align="L")
        self.set_y(max(self.get_y(), MARGIN + QR) + 2)

    def _qr(self, x: float, y: float) -> None:
        rows = codes.squares(self.address)
        size = QR / len(rows)
        self.set_fill_color(*INK)
        for line, row in enumerate(rows):
            for place, dark in enumerate(row):
                if dark:
                    self.rect(x + place * size, y + line * size, size + 0.02, size + 0.02, style="F")

    def _title(self, text: str) -> None:
        self.ln(4)
        self._font(12.5, bold=True, colour=ACCENT)
        self.multi_cell(0, 7, text, new_x="LMARGIN", new_y="NEXT")

    def _table(self, values: Sequence[Value]) -> None:
        self.set_draw_color(*LINE)
        self.set_fill_color(*TINT)
        label = self.epw * 0.38
        for value in values:
            self._font(9.5, colour=SOFT)
            self.cell(label, 6.8, value.label, border="B", fill=True)
            self._font(10.5, bold=not value.empty, colour=SOFT if value.empty else INK)
            self.multi_cell(0, 6.8, value.value, border="B", new_x="LMARGIN", new_y="NEXT", align="L")

    def _steps(self, title: str, lines: Sequence[str]) -> None:
        # A heading does not stay alone at the foot of a page.
        if self.will_page_break(22):
            self.add_page()
        self._title(title)
        for number, line in enumerate(lines, start=1):
            self._font(10, bold=True, colour=ACCENT)
            self.cell(7, 5.4, f"{number}.")
            self._font(10)
            self.set_left_margin(MARGIN + 7)
            # fpdf2 reads **two stars** as bold, and some other marks that no step has.
            self.multi_cell(0, 5.4, line, markdown=True, new_x="LMARGIN", new_y="NEXT", align="L")
            self.set_left_margin(MARGIN)
            self.set_x(MARGIN)
            self.ln(1.2)

    def _font(self, size: float, *, bold: bool = False, colour: tuple[int, int, int] = INK) -> None:
        self.set_font(FAMILY, "B" if bold else "", size)
        self.set_text_color(*colour)
