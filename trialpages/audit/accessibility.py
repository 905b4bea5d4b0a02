"""The rules of accessibility that can be told from a page's HTML alone.

Each follows a rule of WCAG 2.2 (its number stands with it) or of HTML. Colour and layout need a
browser; the tests run axe-core there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborNode

from trialpages.audit.page import BuiltPage, ancestors, attribute
from trialpages.problems import Problem

Rule = Callable[[BuiltPage], Iterator[Problem]]


def check_accessibility(page: BuiltPage) -> Iterator[Problem]:
    """Every fault of a page, rule by rule."""
    for rule in RULES:
        yield from rule(page)


# --- names --------------------------------------------------------------------------------------


def _name(page: BuiltPage, node: LexborNode) -> str:
    """What a screen reader calls an element, as far as these rules need it."""
    if label := (attribute(node, "aria-label") or "").strip():
        return label
    for name in (attribute(node, "aria-labelledby") or "").split():
        if any(found.text().strip() for found in _by_id(page, name)):
            return name
    texts = [node.text().strip(), *(attribute(image, "alt") or "" for image in node.css("img"))]
    titles = [(attribute(node, "title") or ""), *(title.text() for title in node.css("svg title"))]
    return next((text for text in (*texts, *titles) if text), "")


def _by_id(page: BuiltPage, name: str) -> list[LexborNode]:
    return [node for node in page.find("[id]") if attribute(node, "id") == name]


def _hidden(node: LexborNode) -> bool:
    around = (node, *ancestors(node))
    return any(attribute(n, "aria-hidden") == "true" or "hidden" in n.attributes for n in around)


def _page_language(page: BuiltPage) -> Iterator[Problem]:  # 3.1.1
    for node in page.find("html"):
        if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", attribute(node, "lang") or ""):
            yield page.fault(node, "page-language", "the page doesn't say its language", "add lang")


def _page_title(page: BuiltPage) -> Iterator[Problem]:  # 2.4.2
    if not any(node.text().strip() for node in page.find("head > title")):
        yield page.fault(None, "page-title", "the page has no title", "fill <title>")


def _image_text(page: BuiltPage) -> Iterator[Problem]:  # 1.1.1
    for node in page.find("img:not([alt]), area[href]:not([alt]), input[type=image]:not([alt])"):
        if not _hidden(node):
            hint = 'say what it shows in alt, or alt="" if it is decoration'
            yield page.fault(node, "image-text", "an image has no text in its place", hint)
    for node in page.find("svg[role=img]"):
        if not _name(page, node):
            hint = "add a <title> or aria-label"
            yield page.fault(node, "image-text", "a drawing has no text in its place", hint)


def _control_names(page: BuiltPage) -> Iterator[Problem]:  # 2.4.4, 4.1.2
    for node in page.find("a[href], button, summary, [role=button], [role=link]"):
        if not _name(page, node) and not _hidden(node):
            message = f"a <{node.tag}> has no text"
            yield page.fault(node, "control-name", message, "say in words what it does")


def _field_labels(page: BuiltPage) -> Iterator[Problem]:  # 1.3.1, 4.1.2
    labelled = {attribute(node, "for") for node in page.find("label[for]")}
    for node in page.find("input, select, textarea"):
        if attribute(node, "type") in ("hidden", "submit", "reset", "button", "image"):
            continue
        inside = any(parent.tag == "label" for parent in ancestors(node))
        named = attribute(node, "aria-label") or attribute(node, "aria-labelledby")
        if not inside and not named and attribute(node, "id") not in labelled:
            yield page.fault(node, "field-label", "a form field has no label", "add a <label for>")


def _frame_titles(page: BuiltPage) -> Iterator[Problem]:  # 4.1.2
    for node in page.find("iframe:not([title])"):
        yield page.fault(node, "frame-title", "a frame has no title", "add title")


# --- structure ----------------------------------------------------------------------------------


def _headings(page: BuiltPage) -> Iterator[Problem]:  # 1.3.1, 2.4.6
    level, tops = 0, 0
    for node in page.find("h1, h2, h3, h4, h5, h6"):
        own = int((node.tag or "h1")[1])
        tops += own == 1
        if not _name(page, node):
            yield page.fault(node, "empty-heading", "a heading says nothing", "fill or remove it")
        if level and own > level + 1:
            message = f"a heading of level {own} follows one of level {level}"
            yield page.fault(node, "heading-order", message, f"make it level {level + 1}")
        level = own
    if tops != 1:
        message = f"the page has {tops or 'no'} main heading{'s' if tops > 1 else ''}"
        yield page.fault(None, "main-heading", message, "give each page one <h1>")


def _main_part(page: BuiltPage) -> Iterator[Problem]:  # 2.4.1
    count = len(page.find("main, [role=main]"))
    if count != 1:
        message = f"the page has {count or 'no'} main part{'s' if count > 1 else ''}"
        yield page.fault(None, "main-part", message, "put the content into one <main>")


def _lists(page: BuiltPage) -> Iterator[Problem]:  # 1.3.1
    homes = {"li": ("ul", "ol", "menu"), "dt": ("dl", "div"), "dd": ("dl", "div")}
    for node in page.find("li, dt, dd"):
        parent = node.parent.tag if node.parent else None
        if parent not in homes[node.tag or ""]:
            message = f"a <{node.tag}> stands outside a list"
            yield page.fault(node, "list-item", message, "put it into a list")
    for node in page.find("ul > :not(li, script, template), ol > :not(li, script, template)"):
        message = f"a <{node.tag}> stands between the entries of a list"
        yield page.fault(node, "list-item", message, "put it into an <li>")


def _tables(page: BuiltPage) -> Iterator[Problem]:  # 1.3.1
    for node in page.find("table:not([role=presentation])"):
        if not node.css("th"):
            hint = "mark the cells that name rows or columns as <th>"
            yield page.fault(node, "table-headers", "a table has no heading cells", hint)


def _label_targets(page: BuiltPage) -> Iterator[Problem]:
    ids = {attribute(node, "id") for node in page.find("[id]")}
    for node in page.find("label[for]"):
        if attribute(node, "for") not in ids:
            message = f"a label is for `{attribute(node, 'for')}`, which isn't there"
            yield page.fault(node, "label-target", message, "mend its `for`")
    for name in ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns"):
        for node in page.find(f"[{name}]"):
            for target in (attribute(node, name) or "").split():
                if target not in ids:
                    message = f"{name} names `{target}`, which isn't there"
                    yield page.fault(node, "aria-target", message, "mend the name")


# --- behaviour ----------------------------------------------------------------------------------

_FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]"


def _focus(page: BuiltPage) -> Iterator[Problem]:  # 2.4.3, 4.1.2
    for node in page.find("[tabindex]"):
        if re.fullmatch(r"\+?0*[1-9]\d*", (attribute(node, "tabindex") or "").strip()):
            message = "a tabindex above 0 breaks the order of focus"
            yield page.fault(node, "focus-order", message, 'use "0", or leave it out')
    for node in page.find("[aria-hidden=true]"):
        for inner in (node, *node.css(_FOCUSABLE)):
            if inner.css_matches(_FOCUSABLE) and attribute(inner, "tabindex") != "-1":
                message = "the keyboard reaches something that is hidden from screen readers"
                yield page.fault(inner, "hidden-focus", message, "take aria-hidden away")
                break
    for node in page.find("a[href] a[href], a[href] button, button a[href], button button"):
        message = "a control stands inside a control"
        yield page.fault(node, "nested-control", message, "put them side by side")


def _zoom(page: BuiltPage) -> Iterator[Problem]:  # 1.4.4
    for node in page.find("meta[name=viewport]"):
        content = (attribute(node, "content") or "").replace(" ", "").lower()
        if re.search(r"user-scalable=(no|0)|maximum-scale=[01](\.|,|;|$)", content):
            yield page.fault(node, "zoom", "the page can't be zoomed", "allow scaling")


def _time(page: BuiltPage) -> Iterator[Problem]:  # 2.2.1, 1.4.2
    for node in page.find("meta[http-equiv=refresh i]:not([content^='0;'])"):  # H76 allows 0
        yield page.fault(node, "refresh", "the page reloads by itself", "take the refresh away")
    for node in page.find("audio[autoplay], video[autoplay]:not([muted])"):
        yield page.fault(node, "autoplay", "sound starts by itself", "take autoplay away")
    for node in page.find("marquee, blink"):
        yield page.fault(node, "moving-text", "text moves by itself", "write it plainly")


# --- ARIA ---------------------------------------------------------------------------------------

_ROLE_NAMES = """
alert alertdialog application article banner blockquote button caption cell checkbox code
columnheader combobox complementary contentinfo definition deletion dialog directory document
emphasis feed figure form generic grid gridcell group heading img image insertion link list
listbox listitem log main mark marquee math menu menubar menuitem menuitemcheckbox menuitemradio
meter navigation none note option paragraph presentation progressbar radio radiogroup region row
rowgroup rowheader scrollbar search searchbox separator slider spinbutton status strong
subscript suggestion superscript switch tab table tablist tabpanel term textbox time timer
toolbar tooltip tree treegrid treeitem
"""
_ROLES = frozenset(_ROLE_NAMES.split())
"""WAI-ARIA 1.2 and 1.3, without the abstract ones."""

_ATTRIBUTE_NAMES = """
activedescendant atomic autocomplete braillelabel brailleroledescription busy checked colcount
colindex colindextext colspan controls current describedby description details disabled
dropeffect errormessage expanded flowto grabbed haspopup hidden invalid keyshortcuts label
labelledby level live modal multiline multiselectable orientation owns placeholder posinset
pressed readonly relevant required roledescription rowcount rowindex rowindextext rowspan
selected setsize sort valuemax valuemin valuenow valuetext
"""
_ARIA = frozenset(_ATTRIBUTE_NAMES.split())


def _aria(page: BuiltPage) -> Iterator[Problem]:  # 4.1.2
    for node in page.find("[role]"):
        for role in (attribute(node, "role") or "").split():
            if role not in _ROLES:
                yield page.fault(node, "aria-role", f"there is no role `{role}`", "mend the role")
    if "aria-" not in page.text:
        return
    for name in set(re.findall(r"\saria-([a-z]+)=", page.text)) - _ARIA:
        for node in page.find(f"[aria-{name}]"):
            message = f"there is no attribute `aria-{name}`"
            yield page.fault(node, "aria-attribute", message, "mend its name")


RULES: tuple[Rule, ...] = (
    _page_language,
    _page_title,
    _image_text,
    _control_names,
    _field_labels,
    _frame_titles,
    _headings,
    _main_part,
    _lists,
    _tables,
    _label_targets,
    _focus,
    _zoom,
    _time,
    _aria,
)
