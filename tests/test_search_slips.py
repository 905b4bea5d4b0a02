"""What the search answers to words that are spelt as they sound."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Visit, serve, visit
from playwright.sync_api import Browser, expect
from sites import Once, build_site, trial_text

pytestmark = pytest.mark.browser


def _site(folder: Path) -> None:
    """Seven trials of each condition, one other each that says a word near to its, and four of MS
    beside four that speak of milliseconds; ten of asthma beside more that only say it, and many of
    the lung beside a name that begins nearly so."""
    files: dict[str, str | bytes] = {}
    conditions = ["Eczema", "Heart Failure", "Migraine", "Psoriasis", "Pneumonia"]
    for number in range(10, 45):
        text = trial_text(f"NCT000000{number}", "Walking")
        files[f"trials/NCT000000{number}.md"] = text.replace("Migraine", conditions[number % 5])
    for number in (54, 55, 56):
        text = trial_text(f"NCT000000{number}", "Rest in multiple sclerosis (MS)")
        files[f"trials/NCT000000{number}.md"] = text.replace("Migraine", "MS")
    text = trial_text("NCT00000057", "Rest").replace("Migraine", "Multiple sclerosis")
    files["trials/NCT00000057.md"] = text
    edema = trial_text("NCT00000050", "Water, 20 ms").replace("Migraine", "Edema")
    named = trial_text("NCT00000051", "Air, 20 ms").replace("Migraine", "Air")
    place = "locations:\n  - {facility: Migräne Praxis, city: Kiel, country: Germany}\nconditions:"
    files["trials/NCT00000050.md"] = edema
    files["trials/NCT00000051.md"] = named.replace("Does rest help?", "After Hart, a failure.")
    files["trials/NCT00000052.md"] = named.replace("51", "52").replace("conditions:", place)
    files["trials/NCT00000053.md"] = edema.replace("50", "53").replace("rest", "shingles")
    for number in range(60, 84):
        told = trial_text(f"NCT000000{number}", "Breath")
        files[f"trials/NCT000000{number}.md"] = told.replace("Migraine", "Lung Cancer")
    clinic = "locations:\n  - {facility: Asma Lugano, city: Kiel, country: Germany}\nconditions:"
    for number in (84, 85):
        told = trial_text(f"NCT000000{number}", "Air").replace("Migraine", "Air")
        files[f"trials/NCT000000{number}.md"] = told.replace("conditions:", clinic)
    for number in range(10, 34):
        told = trial_text(f"NCT000001{number}", "Air")
        told = (
            told.replace("Migraine", "Asthma")
            if number < 20
            else told.replace("Does rest help?", "Not asthma.")
        )
        files[f"trials/NCT000001{number}.md"] = told.replace("Migraine", "Air")
    for number, short in ((93, " (AIR)"), (94, "")):
        text = trial_text(f"NCT000000{number}", f"Rest in active injury response{short}")
        files[f"trials/NCT000000{number}.md"] = text.replace("Migraine", "Injury")
    build_site(folder, files, search=True)


@pytest.fixture(scope="module")
def tab(browser: Browser, once: Once) -> Iterator[Visit]:
    with serve(once("slips", _site) / "site", "/") as address, visit(browser, address) as tab:
        tab.page.goto(f"{address}search.html")
        yield tab


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("exema", "Did you mean eczema? 7 trials found."),
        ("newmonia", "Did you mean pneumonia? 7 trials found."),
        ("siriasis", "Did you mean psoriasis? 7 trials found."),
        ("shingels", "Did you mean shingles? 1 trial found."),  # which prose alone says
        ("migrane", "Did you mean migraine? (7 trials) 1 trial found."),
        (
            "asma",
            "Did you mean asthma? (24 trials) 12 trials found.",
        ),  # its name in Spanish, and a clinic's
        ("lug", "Did you mean lung? (24 trials) 2 trials found."),  # the beginning of a name
        ("hart failure", "Did you mean heart failure? (7 trials) 1 trial found."),
    ],
)
def test_a_word_like_that_of_a_condition_may_be_a_slip_of_it(
    tab: Visit, words: str, said: str
) -> None:
    tab.page.fill("#q", words)
    expect(tab.page.locator("#search-status")).to_contain_text(said)


@pytest.mark.parametrize(
    ("words", "count"),
    [("hart", 1), ("edema", 2), ("praxis", 1), ("asthma", 24), ("lun", 24), ("lungcancer", 24)],
)
def test_what_is_meant_as_it_stands_is_left(tab: Visit, words: str, count: int) -> None:
    tab.page.fill("#q", words)
    said = f"{count} trial{'s' * (count > 1)} found."
    expect(tab.page.locator("#search-status")).to_have_text(said)


def test_words_that_sound_alike_are_alike(tab: Visit) -> None:
    pairs = ["asma asthma", "exema eczema", "rumatoid rheumatoid", "sirosis cirrhosis"]
    pairs += ["diarea diarrhea", "emfizema emphysema", "flem phlegm", "cronic chronic"]
    sounds = "(pairs) => pairs.map((one) => one.split(' ').map(trialpagesSearch.soundOf))"
    for pair, (one, other) in zip(pairs, tab.page.evaluate(sounds, pairs), strict=True):
        assert one == other, pair


def test_small_letters_are_an_abbreviation_where_many_records_mean_that(tab: Visit) -> None:
    tab.page.fill("#q", "ms")
    expect(tab.page.locator("#search-status")).to_have_text("8 trials found.")
    expect(tab.page.locator("#results .card", has_text="Found as: multiple")).to_have_count(1)


def test_small_letters_are_a_word_where_few_records_mean_the_abbreviation(tab: Visit) -> None:
    names = """async (said) => {
      const found = await trialpagesSearch.find(said);
      return found.names.map((one) => one.postings.key);
    }"""
    assert tab.page.evaluate(names, "AIR") == ["^air="]
    assert "^air=" not in tab.page.evaluate(names, "air")


def test_capitals_are_the_abbreviation_alone(tab: Visit) -> None:
    tab.page.fill("#q", "MS")
    expect(tab.page.locator("#search-status")).to_have_text("4 trials found.")


def test_a_number_is_no_slip_and_the_table_of_words_not_read_for_it(tab: Visit) -> None:
    tab.page.goto(f"{tab.site}search.html?q=NCT0000004")
    expect(tab.page.locator("#search-status")).to_contain_text("found.")
    tab.page.locator("#search[data-answered]").wait_for(state="attached")
    read = "performance.getEntriesByType('resource').map((one) => one.name)"
    assert not [name for name in tab.page.evaluate(read) if name.endswith("/words.js")]


@pytest.fixture(scope="module")
def shared(browser: Browser, once: Once) -> Iterator[Visit]:
    """Twelve trials of breast cancer, six that say `breath`; forty of a dysfunction, two that spell
    it otherwise."""
    said = [("Breast Cancer", "Rest")] * 12 + [("Lung Cancer", "Breath")] * 6
    said += [("Erectile Dysfunction", "Rest")] * 40 + [("Erectile Disfunction", "Rest")] * 2
    files: dict[str, str | bytes] = {
        f"trials/NCT000000{n}.md": trial_text(f"NCT000000{n}", title).replace("Migraine", condition)
        for n, (condition, title) in enumerate(said, 10)
    }
    folder = once("shared slips", lambda folder: build_site(folder, files, search=True))
    with serve(folder / "site", "/") as address, visit(browser, address) as tab:
        tab.page.goto(f"{address}search.html")
        yield tab


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("breat cancer", "Did you mean breast cancer? (12 trials) 6 trials found."),
        ("erectile disfunction", "These are the results for “erectile dysfunction”."),
        ("breath cancer", "6 trials found."),
    ],
)
def test_a_slip_that_finds_trials_is_asked_about(shared: Visit, words: str, said: str) -> None:
    shared.page.fill("#q", words)
    expect(shared.page.locator("#search-status")).to_contain_text(said)
    if said.startswith("6"):
        expect(shared.page.locator("#search-status")).not_to_contain_text("Did you mean")
