"""What the search answers to words that visitors know: names, spellings, sentences, slips."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import OVER, Visit, serve, visit
from playwright.sync_api import Browser, expect
from sites import Once, build_site

pytestmark = pytest.mark.browser

RECORD = """---
nct_id: NCT0000000{number}
brief_title: {title}
overall_status: {status}
study_type: INTERVENTIONAL
{more}
---

## Brief summary

{summary}
"""


def record(number: int, title: str, summary: str, more: str, status: str = "COMPLETED") -> str:
    return RECORD.format(number=number, title=title, summary=summary, more=more, status=status)


CONTENT: dict[str, str | bytes] = {
    "site.yaml": "search_names:\n  - [purple knee, violet patella, knee of the violets]\n",
    "trials/NCT00000001.md": record(
        1,
        "A film for erectile dysfunction",
        "Sildenafil in men, in Lodz, who drank the pill with cancroid.\n\n"
        "## Eligibility criteria\n\n### Exclusion criteria\n\n- Trouble with gloves",
        "conditions: [Erectile Dysfunction]\ninterventions:\n  - type: DRUG\n"
        "    name: Sildenafil\n    other_names: [Viagra, UK-92480]",
    ),
    "trials/NCT00000002.md": record(
        2,
        "Sildenafil at high altitude",
        "Also for those who have ALSO climbed, from Łódź. Asthma is no reason to stay away. "
        "A memory of eggs.",
        "conditions: [Altitude Sickness]\ninterventions:\n  - {type: DRUG, name: Sildenafil}",
    ),
    "trials/NCT00000003.md": record(
        3,
        "Walking after myocardial infarction",
        "A hundred steps a day for tumors of the mind and the chronic arthritis of old age.",
        "conditions: [Myocardial Infarction, Arthritis]\nminimum_age: 70 Years\nsex: ALL",
        "RECRUITING",
    ),
    "trials/NCT00000004.md": record(
        4,
        "Breathing in amyotrophic lateral sclerosis (ALS)",
        "For people with ALS and asthma.",
        "conditions: [ALS, Asthma]\n"
        "locations:\n  - {facility: Memorial Clinic, city: Leeds, country: United Kingdom}",
    ),
    "trials/NCT00000005.md": record(
        5,
        "肺がんの治療に関する試験",
        "การศึกษาโรคหอบหืดในเด็ก of the violet patella, an eye and an egg.",
        "conditions: [肺がん, Violet patella]",
    ),
}


@pytest.fixture(scope="module")
def folder(once: Once) -> Path:
    return once("answers", lambda project: build_site(project, CONTENT, search=True)) / "site"


@pytest.fixture(params=OVER, scope="module")
def address(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    if request.param == "file":
        yield folder.as_uri() + "/"
        return
    with serve(folder, "/repo/") as found:
        yield found


@pytest.fixture(scope="module")
def visitor(browser: Browser, address: str) -> Iterator[Visit]:
    with visit(browser, address) as found:
        yield found


@pytest.fixture
def tab(visitor: Visit) -> Visit:
    """The search page anew, for a visitor whose browser has its files."""
    visitor.page.goto(f"{visitor.site}search.html")
    return visitor


def found(tab: Visit, words: str) -> list[int]:
    """The last digits of the trials that are found, in their order."""
    tab.page.locator("#search[data-answered]").wait_for(state="attached")
    tab.page.evaluate("document.getElementById('search').removeAttribute('data-answered')")
    tab.page.fill("#q", words)
    tab.page.locator("#search[data-answered]").wait_for(state="attached")
    links = tab.page.locator("#results .card-title a").evaluate_all("all => all.map((a) => a.href)")
    return [int(link.partition(".html")[0][-1]) for link in links]


@pytest.mark.parametrize(
    ("words", "trials"),
    [
        ("viagra", {1, 2}),  # which only one of them says
        ("UK 92480", {1, 2}),
        ("impotence", {1}),  # in no record
        ("heart attack", {3}),
        ("purple knee", {5}),  # as site.yaml says
        ("knee of the violets", {5}),  # `of` and `the` alone carry no meaning
        ("busco estudios para el ataque al corazón", {3}),
        ("infarto de miocardio", {3}),
        ("Lodz", {1, 2}),
        ("Łódź", {1, 2}),
        ("tumours", {3}),
        ("ALS", {4}),  # and not `also`
        ("motor neurone disease", {4}),
        ("can I come and join with asthma", {2, 4}),
        ("肺がん", {5}),
        ("治療", {5}),  # within a sentence
        ("หอบหืด", {5}),
        ("sildenafil -altitude", {1}),
        ("memory", {2}),  # and no Memorial Clinic
        ('"memory"', {2}),
        ("egg", {2, 5}),
        ("eggs", {2, 5}),
        ('"an eyes"', {5}),
        ('"high altitude"', {2}),
        ('"altitude high"', set()),
        ('"altitude also"', set()),  # the last word of the title, the first of the summary
    ],
)
def test_trials_are_found_by_words_people_know(tab: Visit, words: str, trials: set[int]) -> None:
    assert set(found(tab, words)) == trials


@pytest.mark.parametrize("words", ["maladie d’asthma", "l'asthma"])
def test_what_is_left_of_an_article_is_not_looked_for(tab: Visit, words: str) -> None:
    assert set(found(tab, words)) == {2, 4}
    status = tab.page.locator("#search-status").inner_text()
    assert "2 trials found." in status and "Did you mean" not in status


@pytest.mark.parametrize(
    ("words", "trials"),
    [
        ("clinical trials in Leeds", {4}),
        ("ensayos clínicos en Leeds", {4}),
        ("studies UK", {4}),
        ("please help, I need research in Leeds", {4}),
        ("is there a cure for asthma", {2, 4}),
    ],
)
def test_words_that_only_ask_are_not_demanded(tab: Visit, words: str, trials: set[int]) -> None:
    assert set(found(tab, words)) == trials


PEOPLE: dict[str, str | bytes] = {
    f"trials/NCT0000000{number}.md": record(number, title, "A rest.", more)
    for number, (title, more) in enumerate(
        [
            ("Rest of all", "conditions: [Hay Fever]"),
            ("Rest of women", "conditions: [Hay Fever]\nsex: FEMALE\nminimum_age: 18 Years"),
            ("Rest", "conditions: [Hay Fever]\nsex: MALE\nmaximum_age: 17 Years"),
            ("Rest", "conditions: [Male Infertility]\nsex: ALL\nminimum_age: 75 Years"),
            ("Rest", "conditions: [Hay Fever]\nmaximum_age: 11 Years"),
            ("Walks", "conditions: [COVID-19]"),
        ],
        start=1,
    )
}
UNDER_18, OPEN_TO_WOMEN = "Age: under 18 years ×", "Open to women or girls ×"


@pytest.fixture(scope="module")
def people(browser: Browser, once: Once) -> Iterator[Visit]:
    folder = once("people", lambda project: build_site(project, PEOPLE, search=True)) / "site"
    with serve(folder, "/") as address, visit(browser, address) as tab:
        tab.page.goto(f"{address}search.html")
        yield tab


@pytest.mark.parametrize(
    ("words", "chips", "trials"),
    [
        ("hay fever in women", [OPEN_TO_WOMEN], {1, 2, 5}),  # of 5 the record says no sex
        ("mujeres con fiebre del heno", [OPEN_TO_WOMEN], {1, 2, 5}),
        ("fiebre del heno bebe", ["Age: under 2 years ×"], {1, 3, 5}),  # as phones write it
        ("ninos con fiebre del heno", [UNDER_18], {1, 3, 5}),
        ("Women hay fever", [OPEN_TO_WOMEN], {1, 2, 5}),
        ("hay fever men", ["Open to men or boys ×"], {1, 3, 5}),
        ("hay fever children", [UNDER_18], {1, 3, 5}),
        ("hay fever toddler", [UNDER_18], {1, 3, 5}),
        ("my child has hay fever", [UNDER_18], {1, 3, 5}),
        ("hay fever baby", ["Age: under 2 years ×"], {1, 3, 5}),
        ("girls with hay fever", [UNDER_18, OPEN_TO_WOMEN], {1, 5}),
        ("hay fever over 70", ["Age: 70 years or older ×"], {1, 2}),
        (
            "trials for men over 70",
            ["Age: 70 years or older ×", "Open to men or boys ×"],
            {1, 4, 6},
        ),
        ("hay fever 70+", ["Age: 70 years or older ×"], {1, 2}),
        ("fiebre del heno, mayores de 70 años", ["Age: 70 years or older ×"], {1, 2}),
        ("elderly hay fever", ["Age: 65 years or older ×"], {1, 2}),
        ("hay fever aged 12 to 16", ["Age: 12 to 16 years ×"], {1, 3}),
        ("hay fever under 18", [UNDER_18], {1, 3, 5}),
        ("male infertility", ["Open to men or boys ×"], {4}),  # a name, all of it
        ("men under 40 hay fever", ["Age: under 40 years ×", "Open to men or boys ×"], {1, 3, 5}),
        ("hay fever women 80", ["Age: 80 years old ×", OPEN_TO_WOMEN], {1, 2}),
        ("hay fever 80 years", ["Age: 80 years old ×"], {1, 2}),
        ("my dad has hay fever 80 yrs", ["Age: 80 years old ×", "Open to men or boys ×"], {1}),
        ("dad 80 hay fever", ["Age: 80 years old ×", "Open to men or boys ×"], {1}),
        ("hay fever age: 80", ["Age: 80 years old ×"], {1, 2}),
        ("fiebre del heno 80 años", ["Age: 80 years old ×"], {1, 2}),
        ("baby 8 months hay fever", ["Age: 8 months old ×"], {1, 3, 5}),
        ("women hay fever 80", ["Age: 80 years old ×", OPEN_TO_WOMEN], {1, 2}),
        ("hay fever 80", ["Age: 80 years old ×"], {1, 2}),
        ("80, hay fever", ["Age: 80 years old ×"], {1, 2}),
        ("women covid 19", [OPEN_TO_WOMEN], {6}),
        ("a woman of 80 with hay fever", ["Age: 80 years old ×", OPEN_TO_WOMEN], {1, 2}),
    ],
)
def test_whom_a_question_is_about_is_a_filter(
    people: Visit, words: str, chips: list[str], trials: set[int]
) -> None:
    assert set(found(people, words)) == trials
    assert people.page.locator("#search-understood .chip").all_inner_texts() == chips


@pytest.mark.parametrize(
    "words",
    [
        "hay fever in men and women",
        "adults and children hay fever",
        "hay fever BMI over 40",
        "hay fever ECOG 1 or below",
        "hay fever MEN 2A",
        "hay fever 5 years survival",
        "hay fever 20 years survival",
        "hay fever 10 year follow-up",
        "hay fever for 20 years",
        "hay fever over 2 years",
        "hay fever 24 weeks",
        "hay fever 50 mg",
        "covid 19 hay fever",
        "covid 19",
        "hay fever 12",
        "hay fever 70 30",
        "hay fever grade 44",
        "rest 58",
        "Kiel 58",
        "fiebre del heno hace 20 años",
        "hay fever at St Mary Children Hospital",
        "hay fever at a children's hospital",
        "parents of children with hay fever",
        "child abuse hay fever",
        "hay fever baby food",
        "hay fever test tube baby",
        "not children, hay fever",
    ],
)
def test_what_only_sounds_like_people_is_no_filter(people: Visit, words: str) -> None:
    found(people, words)
    expect(people.page.locator(".chip")).to_have_count(0)


@pytest.mark.parametrize(
    "words", ["my mum hay fever", "hay fever son", "mi marido fiebre del heno"]
)
def test_words_for_ones_family_are_not_demanded(people: Visit, words: str) -> None:
    found(people, words)
    expect(people.page.locator("#results .card").first).to_be_visible()
    expect(people.page.locator("#search-status")).to_have_text(re.compile(r"^\d trials? found\.$"))


def test_a_word_for_people_says_more_where_it_stands_in_a_title(people: Visit) -> None:
    assert found(people, "women hay fever")[0] == 2


def test_where_only_whom_is_asked_trials_say_the_word(people: Visit) -> None:
    assert found(people, "women") == [2]


def test_a_filter_says_that_a_trial_is_for_one_sex_only(people: Visit) -> None:
    people.page.goto(f"{people.site}search.html")
    group = people.page.locator('[data-group="sex"]')
    group.locator("summary").click()
    expect(group.locator(".choice-name")).to_have_text(
        ["Any sex", "Women or girls only", "Men or boys only"]
    )


CHAD = (
    "conditions: [Asthma]\nlocations:\n"
    "  - {facility: A, city: Leeds, country: United Kingdom, status: RECRUITING}\n"
    "  - {facility: A, city: Abeche, country: Chad, status: %s}\n"
    "  - {facility: A, city: Moundou, country: Chad, status: %s}\n"
)


@pytest.fixture(scope="module")
def chad(browser: Browser, once: Once) -> Iterator[Visit]:
    stands = [
        ("COMPLETED", "COMPLETED", "RECRUITING"),
        ("RECRUITING", "RECRUITING", "RECRUITING"),
        ("NOT_YET_RECRUITING", "NOT_YET_RECRUITING", "RECRUITING"),
        ("COMPLETED", "RECRUITING", "RECRUITING"),
        ("COMPLETED", "COMPLETED", "COMPLETED"),
    ]
    content: dict[str, str | bytes] = {
        f"trials/NCT0000000{n}.md": record(n, "Asthma", "Air.", CHAD % (one, other), status)
        for n, (one, other, status) in enumerate(stands, start=1)
    }
    folder = once("chad", lambda project: build_site(project, content, search=True)) / "site"
    with serve(folder, "/") as address, visit(browser, address) as tab:
        tab.page.goto(f"{address}search.html")
        yield tab


@pytest.mark.parametrize(
    ("words", "trials", "notes", "sentence"),
    [
        (
            "asthma recruiting in Chad",
            [2, 4, 1, 3],
            ["No longer open, as listed: Chad", "Not yet open, as listed: Chad"],
            "4 trials found. 2 of them are listed as recruiting, but not where you asked: Chad.",
        ),
        (
            "recruiting in Chad",
            [2, 4, 1, 3],
            ["No longer open, as listed: Chad", "Not yet open, as listed: Chad"],
            "4 trials found. 2 of them are listed as recruiting, but not where you asked: Chad.",
        ),
        (
            "asthma recruiting in abeche",
            [2, 1, 3, 4],
            [
                "No longer open, as listed: Abeche",
                "Not yet open, as listed: Abeche",
                "No longer open, as listed: Abeche",
            ],
            "3 of them are listed as recruiting, but not where you asked: Abeche, Chad.",
        ),
        ("asthma in leeds", [1, 2, 3, 4, 5], [], "5 trials found."),
        ("asthma in moundou recruiting", [2, 4, 1, 3], ["No longer", "Not yet"], "2 of them"),
    ],
)
def test_a_place_in_which_a_trial_takes_nobody_is_named(
    chad: Visit, words: str, trials: list[int], notes: list[str], sentence: str
) -> None:
    assert found(chad, words) == trials
    shown = chad.page.locator(".card-note").all_inner_texts()
    assert len(shown) == len(notes)
    assert all(note.startswith(begin) for note, begin in zip(shown, notes, strict=True))
    expect(chad.page.locator("#search-status")).to_contain_text(sentence)


def test_no_place_of_an_addresss_own_is_where_trials_recruit(chad: Visit) -> None:
    chad.page.goto(f"{chad.site}search.html?country=Chad&country=Evil")
    chips = chad.page.locator("#search-chosen .chip")
    expect(chips).to_have_text(["Country: Chad ×", "Country: “Evil” ×"])
    expect(chad.page.locator("#search-status")).to_contain_text("not where you asked: Chad.")


def test_a_list_of_a_country_says_who_takes_nobody_there(chad: Visit) -> None:
    chad.page.goto(f"{chad.site}countries/chad.html")
    expect(chad.page.locator(".lead")).to_contain_text("4 recruiting")
    expect(chad.page.locator(".lead")).to_contain_text("2 of them not here")
    notes = chad.page.locator(".card-note")
    expect(notes).to_have_text(["Not open, as listed: Chad"] * 2)
    chad.page.goto(f"{chad.site}countries/united-kingdom.html")
    expect(notes).to_have_count(0)
    chad.page.goto(f"{chad.site}search.html")


@pytest.mark.parametrize("words", ["asthma in remission", "asthma in children at home", "in air"])
def test_a_word_in_small_letters_is_no_place(chad: Visit, words: str) -> None:
    found(chad, words)
    expect(chad.page.locator(".chip", has_text="Place")).to_have_count(0)


def test_a_place_that_leaves_few_says_how_many_there_are_without(tab: Visit) -> None:
    assert found(tab, "asthma in leeds") == [4]
    said = "1 trial found. Without the filter Place: Leeds, United Kingdom: 1 more."
    expect(tab.page.locator("#search-status")).to_have_text(said)


def test_two_slips_are_answered_with_both_right_words(browser: Browser, tmp_path: Path) -> None:
    content: dict[str, str | bytes] = {}
    for number in range(10, 38):
        said = "With cancr." if number == 37 else "With cancer." if number < 31 else "Walking."
        more = (
            "conditions: [Breast Cancer]"
            if number < 30
            else ("locations:\n  - {facility: A, city: Brest, country: France}")
        )
        text = record(number, "Walking", said, more).replace("NCT0000000", "NCT000000")
        content[f"trials/NCT000000{number}.md"] = text
    build_site(tmp_path, content, search=True)
    with serve(tmp_path / "site", "/") as address, visit(browser, address) as tab:
        tab.page.goto(f"{address}search.html")
        found(tab, "brest cancr")
        expect(tab.page.locator("#search-status")).to_contain_text(
            "These are the results for “breast cancer”."
        )


@pytest.mark.parametrize(
    ("words", "said", "offered", "left"),
    [
        ("asthma without altitude", "“without altitude”", "asthma -altitude", [4]),
        ("not the Sildenafil asthma", "“not the Sildenafil”", "asthma -Sildenafil", [4]),
        (
            "asthma without erectile dysfunction",
            "say “erectile dysfunction”",
            "-dysfunction",
            [2, 4],
        ),
        ("asma sin sildenafil", "“sin sildenafil”", "asma -sildenafil", [4]),
    ],
)
def test_a_word_that_is_denied_offers_to_leave_out_who_says_it(
    tab: Visit, words: str, said: str, offered: str, left: list[int]
) -> None:
    found(tab, words)
    status = tab.page.locator("#search-status")
    expect(status).to_contain_text(said)
    link = status.locator("a", has_text=offered)
    assert sorted(found(tab, link.inner_text().replace("asma", "asthma"))) == left
    expect(status).not_to_contain_text("leave out")


def test_nitric_oxide_denies_nothing(tab: Visit) -> None:
    found(tab, "NO asthma")
    expect(tab.page.locator("#search-status")).not_to_contain_text("leave out")


def test_a_word_that_says_little_is_not_demanded(tab: Visit) -> None:
    assert set(found(tab, "asthma trouble")) == {2, 4}
    found(tab, "asthma that won’t go away")
    expect(tab.page.locator("#search-status")).to_have_text("2 trials found.")
    assert found(tab, "trouble") == [1]
    assert found(tab, "xylitol trouble") == [1]


def test_what_is_wrong_is_no_denial(tab: Visit) -> None:
    found(tab, "asthma not climbing")
    expect(tab.page.locator("#search-status")).not_to_contain_text("isn’t understood")


def test_a_hit_among_exclusion_criteria_says_so(tab: Visit) -> None:
    found(tab, "gloves")
    place = tab.page.locator(".places li")
    expect(place).to_contain_text("From the list of what keeps people out: Trouble")
    found(tab, "cancroid")
    expect(place).not_to_contain_text("keeps people out")


def test_where_filters_leave_few_trials_those_with_most_words_follow(
    browser: Browser, tmp_path: Path
) -> None:
    content: dict[str, str | bytes] = {}
    for number in range(10, 23):
        oldest = "" if number in (10, 11) else "\nmaximum_age: 50 Years"
        said = "Walking." if number == 11 else "Walking and snoring."
        text = record(number, "Air", said, f"conditions: [Asthma]{oldest}")
        content[f"trials/NCT000000{number}.md"] = text.replace("NCT0000000", "NCT000000")
    build_site(tmp_path, content, search=True)
    with serve(tmp_path / "site", "/") as address, visit(browser, address) as tab:
        tab.page.goto(f"{address}search.html")
        assert found(tab, "asthma snoring") == [0, *range(2, 10), 0, 1, 2]
        assert found(tab, "my dad is 81 with asthma and snoring") == [0, 1]
        said = "1 trial found. 1 more says 1 of the 2 words."
        expect(tab.page.locator("#search-status")).to_contain_text(said)


AGES: dict[str, str | bytes] = {
    f"trials/NCT0000000{number}.md": record(number, title, "Air.", f"conditions: [Asthma]\n{ages}")
    for number, (title, ages) in enumerate(
        (
            ("Any age", "enrollment_info: {count: 9}"),
            ("Children", "maximum_age: 17 Years"),
            ("Words", "extra: {/Inclusion_agemin: '\"newborns\"'}"),
            (
                "Children in words",
                "maximum_age: 17 Years\nextra: {/Inclusion_agemin: '\"babies\"'}",
            ),
        ),
        start=1,
    )
}


@pytest.fixture(scope="module")
def ages(browser: Browser, once: Once) -> Iterator[Visit]:
    folder = once("ages", lambda project: build_site(project, AGES, search=True)) / "site"
    with serve(folder, "/") as address, visit(browser, address) as tab:
        yield tab


@pytest.mark.parametrize("asked", ["q=asthma, I am 67", "q=asthma&age=67", "age=67"])
def test_ages_that_are_not_read_are_not_said_to_fit_and_are_offered(
    ages: Visit, asked: str
) -> None:
    page = ages.page
    page.goto(f"{ages.site}search.html?{asked}")
    status, cards = page.locator("#search-status"), page.locator("#results .card-title")
    expect(cards).to_have_text(["Any age"])
    expect(status).to_contain_text("or only in the criteria, if at all. Show 1 result")
    status.get_by_role("link").click()
    expect(cards).to_have_text(["Words"])
    expect(status).to_have_text("1 trial found.")
    page.locator("#search-chosen .chip", has_text="Ages: not compared here").click()
    expect(cards).to_have_text(["Any age"])


def test_where_no_age_is_asked_nothing_is_said_of_ages_not_read(ages: Visit) -> None:
    ages.page.goto(f"{ages.site}search.html?q=asthma")
    expect(ages.page.locator("#search-status")).to_have_text("4 trials found.")


def test_a_short_stem_stands_for_no_other_word(tab: Visit) -> None:
    assert 1 not in found(tab, "piles")
    assert found(tab, "pills") == [1]


def test_a_result_names_the_records_own_word_for_it(tab: Visit) -> None:
    found(tab, "viagra")
    notes = tab.page.locator("#results .card", has_text="altitude").locator(".card-note")
    expect(notes).to_have_text("Found as: Sildenafil")
    others = tab.page.locator("#results .card", has_text="A film")
    expect(others.locator(".card-note")).to_have_count(0)


def test_trials_with_most_words_follow_those_with_all(tab: Visit) -> None:
    assert found(tab, "asthma sildenafil") == [2, *found(tab, "asthma sildenafil")[1:]]
    expect(tab.page.locator(".result-divider")).to_have_count(1)
    expect(tab.page.locator("#results .card").last).to_contain_text("Doesn’t say:")


def test_where_no_trial_has_all_words_the_page_says_so(tab: Visit) -> None:
    assert found(tab, "sildenafil walking")
    said = "No trial says all these words together. 3 trials say 1 of the 2 words."
    expect(tab.page.locator("#search-status")).to_have_text(said)
    assert found(tab, "sildenafil walking in a man of 81")
    said = "With these filters, no trial says all these words together."
    expect(tab.page.locator("#search-status")).to_contain_text(said)


STATUSES: dict[str, str | bytes] = {
    f"trials/NCT0000000{number}.md": record(number, "Asthma", "Air.", "conditions: [Asthma]", name)
    for number, name in enumerate(
        (
            "RECRUITING",
            "NOT_YET_RECRUITING",
            "ACTIVE_NOT_RECRUITING",
            "SUSPENDED",
            "COMPLETED",
            "TERMINATED",
        ),
        start=1,
    )
}


@pytest.fixture(scope="module")
def statuses(browser: Browser, once: Once) -> Iterator[Visit]:
    folder = once("statuses", lambda project: build_site(project, STATUSES, search=True)) / "site"
    with serve(folder, "/") as address, visit(browser, address) as tab:
        tab.page.goto(f"{address}search.html")
        yield tab


@pytest.mark.parametrize(
    ("words", "trials"),
    [
        ("asthma recruiting", {1}),
        ("asthma, still recruiting", {1}),
        ("asthma not recruiting", {2, 3, 4, 5, 6}),
        ("not recruiting", {2, 3, 4, 5, 6}),
        ("asthma not yet recruiting", {2}),
        ("asthma no longer recruiting", {3, 5, 6}),
        ("asthma closed", {3, 5, 6}),
        ("completed asthma", {5}),
        ("terminated asthma", {6}),
        ("suspended asthma", {4}),
        ("completed asthma diary", set(range(1, 7))),  # a word, which no trial says
        ("asthma completed", {5}),
        ("completed trials", {5}),
        ("asma no reclutando", {2, 3, 4, 5, 6}),
        ("asthma closed loop", set(range(1, 7))),
    ],
)
def test_a_status_is_understood_and_so_is_that_it_is_denied(
    statuses: Visit, words: str, trials: set[int]
) -> None:
    assert set(found(statuses, words)) == trials


def test_a_denied_status_names_each_that_is_left(statuses: Visit) -> None:
    found(statuses, "asthma no longer recruiting")
    chip = statuses.page.locator("#search-understood .chip")
    expect(chip).to_have_text("Status: Active, not recruiting / Completed / Terminated ×")


def test_what_a_sentence_says_is_a_filter_that_can_be_taken_off(tab: Visit) -> None:
    assert found(tab, "I am 71 and had a heart attack") == [3]
    chip = tab.page.locator(".chip")
    expect(chip).to_have_text("Age: 71 years old ×")
    assert found(tab, "I am 12 and had a heart attack") == []
    chip.click()
    expect(tab.page.locator("#results .card")).to_have_count(1)
    assert found(tab, "asthma in Leeds") == [4]


def test_a_question_in_spanish_is_understood_on_an_english_site(tab: Visit) -> None:
    assert found(tab, "tengo 71 años y he tenido un infarto") == [3]
    expect(tab.page.locator(".chip")).to_have_text("Age: 71 years old ×")


@pytest.mark.parametrize(
    "words", ["United Kingdom", "asthma UK", "asthma Britain", "asthma in England", "Reino Unido"]
)
def test_a_country_needs_no_in(tab: Visit, words: str) -> None:
    assert found(tab, words) == [4]
    expect(tab.page.locator(".chip")).to_have_text("Place: United Kingdom ×")


@pytest.mark.parametrize("words", ["UK 92480", "asthma not UK", "United Kingdom Medical Trust"])
def test_what_only_holds_a_countrys_name_is_no_place(tab: Visit, words: str) -> None:
    found(tab, words)
    expect(tab.page.locator(".chip")).to_have_count(0)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("sildenafli", "sildenafil"),
        ("myocardail infarction", "myocardial"),
        ("polyarthritis", "arthritis"),
        ("athsma", "asthma"),
    ],
)
def test_a_slip_is_answered_with_what_it_may_mean(tab: Visit, words: str, meant: str) -> None:
    assert found(tab, words)
    expect(tab.page.locator("#search-status")).to_contain_text(f"Did you mean {meant}")


def test_a_towns_name_may_be_a_slip_beside_other_words(browser: Browser, tmp_path: Path) -> None:
    town = "locations:\n  - {facility: A, city: Brest, country: France}"
    content: dict[str, str | bytes] = {}
    for number in range(10, 38):
        in_town = number >= 30
        text = record(
            number,
            "Walking",
            "With cancer." if number == 30 else "A hundred steps.",
            town if in_town else "conditions: [Breast Cancer]",
        )
        content[f"trials/NCT000000{number}.md"] = text.replace("NCT0000000", "NCT000000")
    build_site(tmp_path, content, search=True)
    with serve(tmp_path / "site", "/") as address, visit(browser, address) as tab:
        tab.page.goto(f"{address}search.html")
        found(tab, "brest cancer")
        said = "These are the results for “breast cancer”. Search for brest cancer as it is typed."
        expect(tab.page.locator("#search-status")).to_have_text(f"{said} 20 trials found.")
        tab.page.click("#search-status a")
        said = "Did you mean breast cancer? (20 trials)"
        expect(tab.page.locator("#search-status")).to_contain_text(said)
        found(tab, "Brest cancer")
        expect(tab.page.locator("#search-status")).to_contain_text(said)
        found(tab, "brest")
        expect(tab.page.locator("#search-status")).to_have_text("8 trials found.")


def test_spanish_words_find_what_the_english_ones_find(browser: Browser, tmp_path: Path) -> None:
    content: dict[str, str | bytes] = {
        "site.yaml": "language: es\n",
        "trials/NCT00000001.md": record(1, "Rest", "For the prostate.", "keywords: [Rest]"),
        "trials/NCT00000002.md": record(
            2, "Walking", "In cancer of the prostate.", "conditions: [Prostatic Neoplasms]"
        ),
        "trials/NCT00000003.md": record(3, "Air", "Pain of the knee.", "conditions: [Knee]"),
        "trials/NCT00000004.md": record(4, "Prostate cancer", "Sleep.", "keywords: [Sleep]"),
        "trials/NCT00000005.md": record(
            5,
            "Water",
            "For kidney stones.",
            "locations:\n  - {facility: A, city: Cuenca, country: Spain}",
        ),
        "trials/NCT00000006.md": record(
            6, "Stairs", "Hongkong and Hong Kong.", "conditions: [Heart attack]"
        ),
    }
    build_site(tmp_path, content, search=True)
    with serve(tmp_path / "site", "/") as address, visit(browser, address) as tab:
        tab.page.goto(f"{address}search.html")
        for spanish, english in (
            ("próstata", "prostate"),
            ("cáncer de próstata", "prostate cancer"),
            ("dolor de rodilla", "knee pain"),
            ("piedras en los riñones", "kidney stones"),
            ("ataque al corazón", "myocardial infarction"),
        ):
            assert set(found(tab, spanish)) == set(found(tab, english)) != set()
        assert found(tab, "hongos") == []
        assert found(tab, "ensayos en España") == [5]
        tab.page.goto(f"{address}search.html?country=Spain")
        expect(tab.page.locator("#results .card")).to_have_count(1)
        expect(tab.page.locator("#search-chosen")).to_contain_text("País: España")
        expect(tab.page.locator(".card-where")).to_contain_text("España")
        tab.page.goto(f"{address}search.html")
        found(tab, "próstata")
        note = tab.page.locator("#results .card", has_text="Rest").locator(".card-note")
        expect(note).to_have_text("Encontrado como: prostate")
        found(tab, "xilófono")
        expect(tab.page.locator("#search-status")).to_contain_text("Los registros están en inglés")


def test_a_result_says_the_form_of_a_word_that_it_was_found_by(tab: Visit) -> None:
    assert found(tab, "climber") == [2]
    assert tab.page.locator(".card-note").all_inner_texts() == ["Found as: climbed"]
    found(tab, "tumour")
    expect(tab.page.locator(".card-note")).to_have_count(0)


def test_the_form_is_said_also_where_other_trials_have_another_name_of_it(
    browser: Browser, tmp_path: Path
) -> None:
    files: dict[str, str | bytes] = {
        "trials/NCT00000001.md": record(
            1, "Rest for lung cancer", "Rest.", "conditions: [Lung Neoplasms]"
        ),
        "trials/NCT00000002.md": record(
            2, "Rest", "For pulmonary disease after a cancer.", "keywords: [Rest]"
        ),
    }
    build_site(tmp_path, files, search=True)
    with serve(tmp_path / "site") as address, visit(browser, address) as tab:
        tab.page.goto(f"{address}search.html?q=lung+cancer")
        cards = tab.page.locator("#results .card")
        expect(cards).to_have_count(2)
        notes = cards.filter(has_text="pulmonary disease").locator(".card-note")
        expect(notes).to_have_text("Found as: pulmonary")
        expect(cards.filter(has_text="Rest for lung").locator(".card-note")).to_have_count(0)
