"""Is a page valid HTML: what html5ever finds wrong while parsing, and ids that stand twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from markupever import HtmlOptions, Parser

from trialpages.audit.page import BuiltPage, attribute
from trialpages.problems import Problem, Where

_HINT = "mend the template that makes this page"


def check_markup(page: BuiltPage) -> Iterator[Problem]:
    """Faults of the HTML. html5ever (of the Servo browser) follows the standard's parser."""
    parser = Parser(HtmlOptions(full_document=True, exact_errors=True))
    parser.process(page.text)
    parser.finish()
    for message, times in Counter(parser.errors()).items():
        more = f" ({times} times)" if times > 1 else ""
        yield Problem("html", "error", f"{message}{more}", Where(page.shown), _HINT)
    yield from _duplicate_ids(page)


def _duplicate_ids(page: BuiltPage) -> Iterator[Problem]:
    seen: set[str] = set()
    for node in page.find("[id]"):
        name = attribute(node, "id") or ""
        if name in seen:
            message = f"the id `{name}` stands twice on this page"
            yield page.fault(node, "duplicate-html-id", message, "links reach only the first")
        seen.add(name)
