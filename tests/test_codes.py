"""Codes of HTML in records show as the signs they stand for, and only where that is sure."""

from __future__ import annotations

import pytest

from trialpages.exports.forms import exports
from trialpages.prose.markup import prose
from trialpages.records.codes import as_meant, markup_meant, plain_meant
from trialpages.records.model import to_trial

PLAIN = {
    "Behcet&#39;s Disease": "Behcet's Disease",
    "Children&Amp;#39;s Hospital": "Children's Hospital",
    "BLUE &Amp; TAPER": "BLUE & TAPER",
    "small (&amp;lt;1 cm)": "small (<1 cm)",
    "10<sup>9</sup>/L of CO<sub>2</sub>": "10⁹/L of CO₂",
    "AUC<sub>0-28d</sub>, C<sub>max</sub> and the 1<sup>st</sup>": "AUC0-28d, Cmax and the 1st",
    "Rest<br/>and play": "Rest and play",
    "A <b>bold</b> and **bolder** title": "A bold and bolder title",
}


@pytest.mark.parametrize(("sent", "meant"), PLAIN.items())
def test_a_title_shows_the_signs_meant(sent: str, meant: str) -> None:
    assert plain_meant(sent) == meant


@pytest.mark.parametrize(
    "text",
    [
        "R&D; and AT&T",
        "&Lt;3 months",  # a title's capital, or a sign of its own
        "HbA1c<6.5 and >5",
        "x<sup>abc</sup>",  # Unicode has no raised c; without the tag it would be another word
        "p<i>0",
        "<script>alert(1)</script>",
        "2 ** 3 ** 4",
        "*, ** and ***",
    ],
)
def test_what_is_not_sure_stays_as_it_stands(text: str) -> None:
    assert plain_meant(text) == text


MARKUP = {
    r"bilirubin \&lt;3.0 and \&amp;gt; 2": "<p>bilirubin &lt;3.0 and &gt; 2</p>\n",
    r"the team\&\#39;s aim": "<p>the team's aim</p>\n",
    r"the study\&#39;s aim": "<p>the study's aim</p>\n",
    r"10\<sup\>9\</sup\>/L": "<p>10⁹/L</p>\n",
    "* one<br>more\n* two": "<ul>\n<li>one<br />\nmore</li>\n<li>two</li>\n</ul>\n",
    "<ul><li>one</li><li>two</li></ul>": "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n",
    r"must meet \*\*one\*\* of these": "<p>must meet <strong>one</strong> of these</p>\n",
    r"PTT\*\* \<1.5\*\* ULN": "<p>PTT** &lt;1.5** ULN</p>\n",
    r"PTT\*\* \*\*and\*\* INR": "<p>PTT** <strong>and</strong> INR</p>\n",
    "1. Age\\*\\*: 18\n2. PTT \\*\\*and\\*\\* INR\n3. Good liver\\*\\* (by ULN)": (
        '<ol>\n<li value="1"><strong>Age</strong>: 18</li>\n'
        '<li value="2">PTT <strong>and</strong> INR</li>\n'
        '<li value="3"><strong>Good liver</strong> (by ULN)</li>\n</ol>\n'
    ),
    "1. Age\\*\\*: 18\n2. \\*\\*one\\*\\* of these\n\n\\*\\*or more": (
        '<ol>\n<li value="1">Age**: 18</li>\n<li value="2"><strong>one</strong> of these</li>\n'
        "</ol>\n<p>**or more</p>\n"
    ),
    r"Age\*\*: 18": "<p>Age**: 18</p>\n",
    r"carcinoma \*in situ\* of the cervix": "<p>carcinoma <em>in situ</em> of the cervix</p>\n",
    r"\>90 g/L (\*as permitted\*);": "<p>&gt;90 g/L (<em>as permitted</em>);</p>\n",
    r"females\* and males\* can": "<p>females* and males* can</p>\n",
    r"5 \*10 \*9 \*a": "<p>5 *10 *9 *a</p>\n",
    "\\*see note\\* b": "<p>*see note* b</p>\n",
    r"a (\*at first) and a visit\* b": "<p>a (*at first) and a visit* b</p>\n",
    "<b>Note</b> that": "<p><strong>Note</strong> that</p>\n",
    r"\<ULN can take part": "<p>&lt;ULN can take part</p>\n",
    "*&#42;star&#42;*": "<p><em>*star*</em></p>\n",
}


@pytest.mark.parametrize(("sent", "html"), MARKUP.items())
def test_prose_shows_the_signs_meant(sent: str, html: str) -> None:
    assert prose(markup_meant(sent)) == html


def test_every_text_of_a_record_does_and_its_json_keeps_what_was_sent() -> None:
    tree = {
        "nct_id": "NCT00000001",
        "brief_title": "Behcet&#39;s",
        "overall_status": "COMPLETED",
        "study_type": "INTERVENTIONAL",
        "conditions": ["Obesity &amp; Overweight", "Asthma"],
        "brief_summary": r"A \&lt; B",
        "locations": [{"facility": "Diabetes &amp; Glandular Clinic"}],
        "arm_groups": [{"label": "A", "description": r"10\<sup\>9\</sup\>"}],
    }
    sent = to_trial(tree)
    shown = as_meant(sent)
    assert (shown.brief_title, shown.conditions) == ("Behcet's", ("Obesity & Overweight", "Asthma"))
    assert (shown.brief_summary, shown.arm_groups[0].description) == ("A &lt; B", "10⁹")
    assert shown.locations[0].facility == "Diabetes & Glandular Clinic"
    assert as_meant(shown) is shown or as_meant(shown) == shown
    made = dict(exports(sent, None, "", "2025-10-01", ("json", "fhir.json", "ris", "bib")))
    assert b"Behcet&#39;s" in bytes(made["trials/NCT00000001.json"])  # type: ignore[arg-type]
    assert "Behcet's" in str(made["trials/NCT00000001.ris"])


def test_a_record_without_codes_is_the_same_one() -> None:
    needed = {"nct_id": "NCT00000001", "brief_title": "R & D", "overall_status": "COMPLETED"}
    sent = to_trial(needed | {"study_type": "INTERVENTIONAL", "brief_summary": "a < b & c"})
    assert as_meant(sent) is sent


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("a\\<b\\>c\\</b\\>", "ac"),
        ("\\<b\\>c\\</b\\>d", "cd"),
        ("a\\<i\\>c\\</i\\>d", "acd"),
        ("a \\<b\\>c\\</b\\>, d", "a <strong>c</strong>, d"),
        ("a\\<b\\> c \\</b\\>d", "a <strong>c</strong> d"),
    ],
)
def test_no_star_is_put_within_a_word(sent: str, shown: str) -> None:
    assert prose(markup_meant(f"* {sent}")).strip() == f"<ul>\n<li>{shown}</li>\n</ul>"
