"""Criteria answered on the screen: on paper, in what is copied, kept only where somebody asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Visit, serve
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

TRIAL = "trials/NCT06494995.html"


@pytest.fixture(params=("http", "file"), scope="module")
def address(request: pytest.FixtureRequest, sample_site: Path) -> Iterator[str]:
    """Its program and words are scripts that the page asks for."""
    if request.param == "file":
        yield sample_site.as_uri() + "/"
        return
    with serve(sample_site) as found:
        yield found


def test_answers_stand_on_paper_and_in_the_copy_and_are_kept_where_asked(tab: Visit) -> None:
    page = tab.page
    page.goto(tab.site + TRIAL)
    scripts = "performance.getEntriesByType('resource').filter((one) => /ticks/.test(one.name))"
    assert page.evaluate(f"{scripts}.length") == 0
    page.get_by_role("button", name="Answer on the screen").click()
    first = page.locator("#inc-2 > .tick")
    expect(first.get_by_role("button", name="Yes")).to_be_focused()
    first.get_by_role("button", name="Ask").click()
    first.get_by_role("textbox").fill("<b>since May</b>")
    page.locator("#inc-9 > .tick").get_by_role("button", name="Yes").click()
    page.locator("#inc-9-2 > .tick").get_by_role("button", name="No").click()
    keys = "Object.keys(localStorage).filter((key) => key.includes('answers')).length"
    assert page.evaluate(keys) == 0

    page.emulate_media(media="print")
    expect(page.locator("#inc-2")).to_contain_text("Ask: <b>since May</b>")
    expect(page.locator("#inc-2 .tick")).to_be_hidden()
    box = "(item) => getComputedStyle(item, '::before').content.slice(0, 3)"
    signs = [
        page.locator(f"{item}[data-answer], {item} > [data-answer]").first.evaluate(box)
        for item in ("#inc-2", "#inc-9", "#inc-9-2")
    ]
    assert signs == ['"?"', '"✓"', '"–"']
    expect(page.locator("#inc-9-1 > .tick-said")).to_have_count(0)
    page.emulate_media(media="screen")

    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }; 0")
    page.get_by_role("button", name="Copy with my answers").click()
    expect(page.locator(".tick-bar")).to_contain_text("Copied")
    copied = page.evaluate("window.copied").splitlines()
    assert copied[1] == "NCT06494995"
    assert copied[2].startswith("Recruiting")  # whoever gets it must know how the trial stands
    (asked,) = (line for line in copied if line.startswith("[? Ask]"))
    assert asked.endswith("(Note: <b>since May</b>)")
    signs = [line[:6] for line in copied if line.startswith(("[✓", "[–"))]
    assert signs == ["[✓ Yes", "[– No]"]
    lines = page.locator("#eligibility li .tick:not(.tick *)")
    empty = [line for line in copied if line.startswith("[  ] ")]  # not answered, and still there
    assert len(empty) == lines.count() - 3
    notes = page.locator("#inclusion.criteria > p, #inclusion .criteria > p").all_text_contents()
    assert notes
    assert {" ".join(note.split()) for note in notes} <= set(copied)

    keeping = page.get_by_role("checkbox", name="Keep my answers in this browser", exact=True)
    expect(keeping).to_have_accessible_description("Otherwise they go when you leave this page.")
    keeping.check()
    expect(page.get_by_text("Otherwise they go when you leave this page.")).to_be_hidden()
    page.reload()
    expect(page.locator("#inc-2 > .tick").get_by_role("textbox")).to_have_value("<b>since May</b>")
    page.goto(tab.site + "shortlist.html#NCT06494995,NCT06577194")
    page.evaluate("window.print = () => document.title = 'printed'; 0")
    page.get_by_role("button", name="Print the checklists").click()
    expect(page).to_have_title("printed")
    page.emulate_media(media="print")
    expect(page.locator("#checklists")).to_contain_text("Ask: <b>since May</b>")
    page.emulate_media(media="screen")
    page.goto(tab.site + TRIAL)
    page.get_by_label("Keep my answers in this browser").uncheck()
    assert page.evaluate(keys) == 0


def test_what_is_kept_may_be_anything(tab: Visit) -> None:
    page = tab.page
    page.goto(tab.site + TRIAL)
    key = "trialpagesShortlist.answers + 'NCT06494995'"
    odd = '{"inc-2": {"answer": "<b>", "note": "x"}, "inc-4": 7}'
    page.evaluate(f"localStorage.setItem({key}, '{odd}')")
    page.reload()
    expect(page.locator("#inc-2 > .tick")).to_be_visible()
    expect(page.locator("[data-answer]")).to_have_count(0)


def test_an_answer_is_never_shown_beside_other_words_in_the_same_place(tab: Visit) -> None:
    page = tab.page
    page.goto(tab.site + TRIAL)
    key, yes = "trialpagesShortlist.answers + 'NCT06494995'", '{"answer": "yes", "note": ""}'
    kept = f'{{"inc-2": {yes}, "inc-2 What stood there before": {yes}}}'
    page.evaluate(f"localStorage.setItem({key}, '{kept}')")
    page.reload()
    expect(page.locator("#inc-2 > .tick")).to_be_visible()
    expect(page.locator("[data-answer]")).to_have_count(0)


def test_an_answer_is_not_kept_for_the_same_words_under_another_title(tab: Visit) -> None:
    page = tab.page
    page.goto(tab.site + TRIAL)
    page.evaluate(
        """() => {
          const list = document.querySelector('#inclusion .criteria-text > :is(ul, ol)');
          list.insertAdjacentHTML('beforebegin', '<p id="a">Staff</p><p class="lead-in">All:</p>');
          list.insertAdjacentHTML('beforeend', '<li id="b">B<ul><li id="inc-9_2">C</li></ul></li>');
        }"""
    )
    page.get_by_role("button", name="Answer on the screen").click()
    page.locator("[id='inc-9_2'] > .tick").get_by_role("button", name="Yes").click()
    page.get_by_label("Keep my answers in this browser").check()
    show = "trialpagesTicks.showKept(document.querySelector('#eligibility'), 'NCT06494995')"
    for change, shown in {
        "inclusion.querySelector('h3').textContent += ' for staff'": 0,
        "inclusion.querySelector('h3').textContent = heading": 1,
        "a.textContent = 'Patients'": 0,
        "a.textContent = 'Staff'": 1,
        "b.firstChild.data = 'D'": 0,
        "b.firstChild.data = 'B'": 1,
        "document.getElementById('inc-9_2').id = 'NCT06494995-inc-9_2'": 1,
    }.items():
        page.evaluate(f"window.heading ??= inclusion.querySelector('h3').textContent; {change}")
        page.evaluate(show)
        expect(page.locator("[id$='inc-9_2'][data-answer]")).to_have_count(shown)
    page.evaluate("localStorage.removeItem(trialpagesShortlist.answers + 'NCT06494995')")
