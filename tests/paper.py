"""What a browser prints of a page: its sheets, and what the screen has and the paper lacks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
from playwright.sync_api import Page

A4_INSIDE = 680
"""Width of A4 between the margins of theme/print.css, in CSS pixels."""


@dataclass(frozen=True, slots=True)
class Sheet:
    text: str
    filled: float
    """How far down its lowest line stands, the page's number left out: 0 to 1."""


def printed(page: Page) -> tuple[Sheet, ...]:
    """The page on sheets of A4, with the texts that stand on them."""
    return sheets_of(page.pdf(format="A4"))


def sheets_of(pdf: bytes) -> tuple[Sheet, ...]:
    """The sheets of a PDF, with the texts that stand on them."""
    return tuple(map(_sheet, pypdfium2.PdfDocument(pdf)))


_FOOT = 39.0
"""How high the margin is at the foot of a sheet, in points (theme/print.css: 14 mm)."""


def cut_in_two(pdf: bytes) -> list[str]:
    """The lines of which the foot of a sheet shows the upper half, its margin cutting the other."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        texts = page.get_textpage()
        boxes = map(texts.get_rect, range(texts.count_rects()))
        found += [texts.get_text_bounded(*box) for box in boxes if box[1] < _FOOT - 1 < box[3] - 2]
    return found


_NUMBER = re.compile(r"\s*\d+\s*/\s*\d+\s*")


def _sheet(page: Any) -> Sheet:
    height, texts = page.get_height(), page.get_textpage()
    lines = [height - texts.get_rect(number)[1] for number in range(texts.count_rects())]
    above = [y for y in lines if y < height - 46]  # the number stands in the margin below
    text = texts.get_text_bounded().replace("\r\n", "\n")
    text = text.replace("\x02", "-\n")  # so PDFium writes a hyphen at the end of a line
    shown = "" if _NUMBER.fullmatch(text) else text
    return Sheet(shown, max([0.0, *above]) / height)


_HEADINGS = """main => {
  const texts = selector => [...main.querySelectorAll(selector)].map(node => node.textContent);
  const leads = [...main.querySelectorAll('.criteria')].map(group =>
    [...group.querySelectorAll(':scope > .lead')].map(lead => lead.textContent).join(''));
  const headings = texts('h2, h3, h4, h5, .lead').concat(leads);
  return [headings, texts('svg *, th, td, dd, .terms li')];
}"""


def headings_alone(page: Page, sheets: Iterable[Sheet]) -> list[str]:
    """The headings that are the last thing on a sheet, without what they are headings of."""
    said: list[list[str]] = page.locator("main").evaluate(_HEADINGS)
    headings, others = (set(map(_squeezed, texts)) for texts in said)
    last = [(sheet.text.split("\n") or [""])[-1] for sheet in sheets]
    return [line for line in last[:-1] if _squeezed(line) in headings - others - {""}]


def heads_alone(page: Page, sheets: Iterable[Sheet]) -> list[str]:
    """The heads of tables of places that are the last thing on a sheet, without a row."""
    heads = page.locator(".sites thead tr").all_text_contents()
    ends = [_squeezed(sheet.text) for sheet in sheets][:-1]
    return [head for head in heads if any(end.endswith(_squeezed(head)) for end in ends)]


_CLICKED = (
    "nav, form, button, select, label, script, noscript, [hidden], .near, .on-screen, .print-only, "
    ".visually-hidden, .for-machines, .results-links, .sort, .filter, "
    ".search-row, .hero-search, .anchor"
)
"""What is on the screen to be clicked or not to be seen, and what the paper says it leaves out."""

_TEXTS = """clicked => {
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.data.trim() && !node.parentElement.closest(clicked)) found.push(node.data);
  }
  return found;
}"""


def on_screen(page: Page) -> list[str]:
    """The texts of a page's content, folded away or not."""
    texts: list[str] = page.evaluate(_TEXTS, _CLICKED)
    return texts


def left_out(texts: Iterable[str], sheets: Iterable[Sheet]) -> list[str]:
    """The texts of which a word is on no sheet.

    Words in scripts that a PDF keeps as shapes, or in another order, can't be read back from it
    (Arabic, Hebrew, Thai; Chinese and pictures where no font is there): they aren't asked for.
    """
    paper = _squeezed("".join(sheet.text for sheet in sheets))
    texts = (text for text in texts if "\u202e" not in text)  # which prints letters backwards
    return [
        text
        for text in texts
        if any(_READ_BACK.fullmatch(word) and word not in paper for word in _words(text))
    ]


_READ_BACK = re.compile(r"[\u0021-\u058f\u1e00-\u2aff]+")
"""Of Latin, Greek, Cyrillic and Armenian, with signs."""


def _words(text: str) -> Iterable[str]:
    return map(_squeezed, text.split())


def _squeezed(text: str) -> str:
    """Without what line breaks on paper add or take away, without ligatures and accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()  # a style may write small letters
    letters = (sign for sign in plain if unicodedata.category(sign) not in ("Cf", "Mn"))
    return re.sub(r"[\s\u2010-]+", "", "".join(letters))


_RUNS_OVER = """([width, unseen]) => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.data.trim() || node.parentElement.closest(unseen)) continue;
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width && (box.right > width + 12 || box.left < -12)) found.push(node.data.trim());
    }
  }
  return found;
}"""


def runs_over(page: Page) -> list[str]:
    """The texts that leave A4, or stand deep in its margin, where printers cut."""
    unseen = ".visually-hidden, script, [aria-hidden]"
    return _on_paper(page, _RUNS_OVER, [A4_INSIDE, unseen])


_COVERS = """() => [...document.body.querySelectorAll('*')].filter((part) =>
  part.checkVisibility() && getComputedStyle(part).position === 'fixed'
).map((part) => `#${part.id} ${part.className}`).concat(
  getComputedStyle(document.body).overflowY === 'hidden' ? ['body is cut off'] : [])"""


def covers(page: Page) -> list[str]:
    """What would lie over the texts of a sheet or cut off the next ones: a PDF has them all the
    same, and only the eye misses them."""
    return _on_paper(page, _COVERS)


def _on_paper(page: Page, script: str, argument: object = None) -> list[str]:
    page.set_viewport_size({"width": A4_INSIDE, "height": 900})
    page.emulate_media(media="print")
    found: list[str] = page.evaluate(script, argument)
    page.emulate_media(media="null")  # "screen" would print the screen from now on
    return found
