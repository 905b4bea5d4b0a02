"""Records of ISRCTN: what they become, and the proof that no text of them is lost on the way."""

from __future__ import annotations

import gzip
import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import msgspec
import pytest
from fidelity import Seen, missing, read
from msgspec.structs import replace
from selectolax.lexbor import LexborHTMLParser
from sites import PROJECT
from test_fidelity import page_of, registry_leaves

from trialpages.exports.ictrp import ictrp
from trialpages.importers import known_sources
from trialpages.importers.escape import escape
from trialpages.importers.found import Found
from trialpages.importers.isrctn import read_isrctn
from trialpages.importers.plain_lines import commonmark
from trialpages.importers.sources import find_records
from trialpages.importers.update_moved import each_once
from trialpages.importers.update_status import in_own_words
from trialpages.importers.xml_records import records_of_xml
from trialpages.importing import import_records
from trialpages.problems import ContentFailure, Problem
from trialpages.records.ages import age_limits
from trialpages.records.checks import check_trial
from trialpages.records.model import Change, PartialDate, Trial
from trialpages.records.own_status import own_status
from trialpages.records.trial_file import read_trial
from trialpages.records.vocabulary import AgencyClass, ContactRole, Status
from trialpages.trial.freshness import freshness, record_dates
from trialpages.updating.arrivals import Policy

REAL = PROJECT.parent / "shared/registries/isrctn"
TODAY = date(2026, 11, 30)

HEAD = '<allTrials xmlns="http://www.67bricks.com/isrctn" totalCount="1">'
FULL = """<fullTrial>
<trial lastUpdated="2026-03-10T15:04:33.082955579Z" version="16"
 publicIdentifierCanonical="ISRCTN10000017" publicIdentifierDateAssigned="2026-03-01T09:00:00Z">
<isrctn dateAssigned="2026-03-01T00:00:00.000Z">10000017</isrctn>
<trialDescription thirdPartyFilesAcknowledgement="false">
<acknowledgment>true</acknowledgment>
<title>Rest for people with
migraine &amp; neck pain</title>
<scientificTitle>A randomised trial of rest (&lt; 2 hours) in migraine</scientificTitle>
<acronym>REST*</acronym>
<studyHypothesis>1. Rest helps
2. Noise doesn't</studyHypothesis>
<plainEnglishSummary>Background and study aims
Migraine hurts &lt;b&gt;a lot&lt;/b&gt;.

Who can participate?
- Adults with migraine
# No heading</plainEnglishSummary>
<primaryOutcomes><outcomeMeasure id="o-1"><variable>Days with pain</variable>
<method>a diary_of_pain_</method><timepoints>baseline and 12 weeks</timepoints></outcomeMeasure>
</primaryOutcomes>
<primaryOutcome/>
<secondaryOutcomes/>
<secondaryOutcome>1. Sleep (hours)
2. Mood, by a scale</secondaryOutcome>
<trialWebsite>https://rest.example/</trialWebsite>
<ethicsApprovalRequired>Ethics approval required</ethicsApprovalRequired>
<ethicsCommittees>
<ethicsCommittee id="e-1" approvalStatus="approved" statusDate="2026-02-01T00:00:00.000Z">
<committeeName>North Committee</committeeName>
<contactDetails><address>1 Lane</address><city>York</city></contactDetails>
<committeeReference>26/N/1</committeeReference></ethicsCommittee>
</ethicsCommittees>
</trialDescription>
<externalRefs><doi>10.1186/ISRCTN10000017</doi><eudraCTNumber>2020-005891-36</eudraCTNumber>
<irasNumber>298897</irasNumber><clinicalTrialsGovNumber>NCT00000001</clinicalTrialsGovNumber>
<protocolSerialNumber>CPMS: 49816, R/22/2</protocolSerialNumber>
<secondaryNumbers>
<secondaryNumber id="n-1" numberType="nct" canonicalSecondaryNumber="NCT00000001">NCT00000001
</secondaryNumber>
<secondaryNumber id="n-2" numberType="Grant number">R/22/2</secondaryNumber>
</secondaryNumbers></externalRefs>
<trialDesign><studyDesign>Two-arm trial</studyDesign>
<primaryStudyDesign>Interventional</primaryStudyDesign>
<interventionalTrialDesign><allocation>Randomized controlled trial</allocation>
<masking>Blinded (masking used)</masking><control>Placebo</control>
<assignment>Crossover</assignment>
<purposes><purpose>Treatment</purpose><purpose>Supportive care</purpose></purposes>
</interventionalTrialDesign>
<secondaryStudyDesign>Not applicable</secondaryStudyDesign>
<trialTypes><trialType>Quality of life</trialType></trialTypes>
<overallEndDate>2028-08-31T00:00:00.000Z</overallEndDate></trialDesign>
<participants>
<recruitmentCountries><country>United Kingdom</country><country>France</country>
</recruitmentCountries>
<trialCentres>
<trialCentre id="c-1"><name>York Hospital</name><address>2 Lane</address><city>York</city><state/>
<country>United Kingdom</country><zip>YO1 1AA</zip></trialCentre>
<trialCentre id="c-2"><name>Hull Hospital</name><city>Hull</city><country>United Kingdom</country>
<zip>-</zip></trialCentre>
</trialCentres>
<participantTypes><participantType>Patient</participantType><participantType>Carer</participantType>
</participantTypes>
<healthyVolunteersAllowed>false</healthyVolunteersAllowed>
<inclusion>1. Aged 18 years or over
1.1. Or 16 with a parent
2.\tPain &gt; 4 days
Unless pregnant</inclusion>
<ageRange>Mixed</ageRange>
<lowerAgeLimit unit="years" value="18.0">18 Years</lowerAgeLimit>
<upperAgeLimit unit="days" value="75.5">75 Years</upperAgeLimit>
<gender>Female</gender><targetEnrolment>210</targetEnrolment>
<totalFinalEnrolment>0</totalFinalEnrolment>
<exclusion>3. Fever
4. Fear of rest</exclusion>
<recruitmentStart>2026-09-01T00:00:00.000Z</recruitmentStart>
<recruitmentEnd>2028-02-29T00:00:00.000Z</recruitmentEnd>
<recruitmentStartStatusOverride/><recruitmentStatusOverride/>
</participants>
<conditions><condition><description>Migraine
Neck pain</description><diseaseClass1>Nervous System Diseases</diseaseClass1><diseaseClass2/>
</condition></conditions>
<interventions><intervention><description>Group 1: rest.
Group 2: [no] rest.</description><interventionType>Mixed</interventionType>
<phase>Phase II/III</phase><drugNames>Ease, calm</drugNames></intervention></interventions>
<results><ipdSharingStatement>Ask the team</ipdSharingStatement>
<dataPolicies><dataPolicy>Available on request</dataPolicy></dataPolicies>
<publicationDetails>2027 Results article in https://pubmed.ncbi.nlm.nih.gov/33069668/ (added)
2026 Protocol file https://rest.example/p.pdf</publicationDetails>
<publicationStage>Results</publicationStage><basicReport>Pain was less</basicReport></results>
<outputs><output id="u-1" outputType="protocolfile" peerReviewed="false">
<externalLink url="https://rest.example/p.pdf"/><description>the plan</description></output>
<output id="u-2" outputType="other" peerReviewed="false">
<externalLink url="https://rest.example/film"/><description>a film</description></output></outputs>
<parties><funderId>f-1</funderId><contactId>k-1</contactId><sponsorId>s-1</sponsorId></parties>
<attachedFiles><attachedFile downloadUrl="https://rest.example/d"><description>Leaflet</description>
<name>leaflet.pdf</name><id>a-1</id><public>true</public><mimeType>application/pdf</mimeType>
<length>4096</length><md5sum>0f0f</md5sum></attachedFile></attachedFiles>
<miscellaneous><ipdSharingPlan>Yes</ipdSharingPlan></miscellaneous>
<somethingNew when="soon">Nobody knows <it>yet</it></somethingNew>
</trial>
<contact id="k-1"><title>Dr</title><forename>Ann</forename><surname>Ross</surname>
<orcid>0000-0001</orcid><contactTypes><contactType>Public</contactType>
<contactType>Principal investigator</contactType></contactTypes>
<contactDetails><address>3 Lane</address><city>York</city><telephone>+44 1904 1</telephone>
<email>ann@rest.example</email></contactDetails><privacy>Public</privacy></contact>
<contact id="k-2"><forename>Bo</forename><surname>Lee</surname>
<contactTypes><contactType>Principal investigator</contactType></contactTypes>
<contactDetails><email>bo@rest.example</email></contactDetails></contact>
<sponsor id="s-1"><organisation>University of York</organisation>
<sponsorType>University/education</sponsorType><rorId>https://ror.example/1</rorId>
<commercialStatus>Non-commercial</commercialStatus></sponsor>
<funder id="f-1"><name>Medical Fund</name><fundRef>https://fund.example/1</fundRef></funder>
</fullTrial>"""
DOCUMENT = f"{HEAD}{FULL}</allTrials>"


def trial_of_xml(text: str) -> Trial:
    (found,) = records_of_xml(io.BytesIO(text.encode()), "all.xml", "fullTrial")
    assert isinstance(found.content, dict), found.content
    return read_isrctn(found.content, found.where, TODAY).trial


def changed(*pairs: tuple[str, str]) -> Trial:
    """The trial of the record with these texts changed."""
    text = DOCUMENT
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return trial_of_xml(text)


def trial_in(found: Found) -> Trial:
    assert not isinstance(found.content, Problem), found.content
    return known_sources.read(found.content, found.where).trial


def problems_of(text: str) -> list[str]:
    found = (
        one.content for one in records_of_xml(io.BytesIO(text.encode()), "all.xml", "fullTrial")
    )
    return [f"{one.message} {one.where}" for one in found if isinstance(one, Problem)]


# --- the proof ----------------------------------------------------------------------------------

_MARK = re.compile(r"\A(?:\d{1,3}[.)]|[-*+])\s+")
_WORDS = {
    "Phase II/III": "Phase 2",
    "Phase III": "Phase 3",
    "Crossover": "Crossover",
    "Principal investigator": "Principal Investigator",
    "All": "Any sex",
    "false": "",
    "true": "",
    "Yes": "Yes",
}
"""What stands on a page as a label of ours; a yes or no can't be told from others there."""


def texts_of_xml(text: str) -> Iterator[str]:
    """Every text and attribute of a document but its frame's, by another reader than ours."""
    for record in ET.fromstring(text):
        for element in record.iter():
            yield from element.attrib.values()
            yield from filter(None, (element.text, element.tail))


def texts_of_json(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts_of_json(inner)
    else:
        yield str(value)


def unshown(texts: Iterator[str], page: Seen) -> list[str]:
    """The lines of these texts that a page doesn't show."""
    return [
        line
        for text in texts
        for line in (" ".join(one.split()) for one in text.splitlines())
        if line and not _is_shown(_MARK.sub("", line, count=1), page)
    ]


def _is_shown(line: str, page: Seen) -> bool:
    in_words = _WORDS.get(line, line)
    number = f"{int(line):,}" if line.isascii() and line.isdecimal() else in_words
    day = line[:10] if line.endswith("T00:00:00.000Z") else line
    return any(one in page.text for one in (in_words, number)) or bool({line, day} & page.dates)


def test_every_text_of_the_source_is_on_the_page() -> None:
    page = read(page_of(trial_of_xml(DOCUMENT)))
    texts = [*texts_of_xml(DOCUMENT)]
    assert len(list(filter(str.strip, texts))) > 120
    lost = unshown(iter(texts), page)
    assert lost == ["18.0"]  # the attribute beside `18 Years`
    assert missing_of(trial_of_xml(DOCUMENT)) == []


def missing_of(trial: Trial) -> list[str]:
    """What of the trial isn't on its page. A pointer stands there in words, with itself."""
    wanted = (one for one in registry_leaves(trial) if not one.text.startswith("/"))
    found = missing(page_of(trial), wanted)
    return [one.text for one in found if "[" not in one.path or "extra" not in one.path]


@pytest.mark.skipif(not REAL.exists(), reason="NOT RUN: no real records in ../shared/registries")
def test_every_text_of_real_records_is_on_their_pages() -> None:
    tried = 0
    for path in sorted(REAL.glob("*.json")):
        record = json.loads(path.read_text("utf-8"))
        trial = read_isrctn(record, path.name, TODAY).trial
        texts = [*texts_of_json(record)]
        tried += len(list(filter(str.strip, texts)))
        assert unshown(iter(texts), read(page_of(trial))) == [], path.name
    assert tried > 300


# --- what becomes of it -------------------------------------------------------------------------


def test_what_has_a_field_is_there() -> None:
    trial = trial_of_xml(DOCUMENT)
    assert trial.nct_id == "ISRCTN10000017"
    assert trial.brief_title == "Rest for people with migraine & neck pain"
    assert trial.conditions == ("Migraine", "Neck pain")
    assert (trial.minimum_age, trial.maximum_age) == ("18 Years", "75 Years")
    assert [one.value for one in trial.phases] == ["PHASE2", "PHASE3"]
    assert [one.time_frame for one in trial.primary_outcomes] == ["baseline and 12 weeks"]
    assert [one.measure for one in trial.secondary_outcomes] == [
        "1. Sleep (hours)",
        "2. Mood, by a scale",
    ]
    assert [one.id for one in trial.secondary_id_infos] == [
        *("NCT00000001", "2020-005891-36", "298897", "R/22/2"),
        *("CPMS: 49816, R/22/2", "10.1186/ISRCTN10000017"),
    ]
    assert [(one.name, one.role) for one in trial.central_contacts] == [
        ("Dr Ann Ross", ContactRole.PUBLIC_PRINCIPAL_INVESTIGATOR),
        ("Bo Lee", ContactRole.PRINCIPAL_INVESTIGATOR),  # who is no more, and has an address
    ]
    assert [one.name for one in trial.overall_officials] == ["Dr Ann Ross", "Bo Lee"]
    assert [one.pmid for one in trial.references] == ["33069668", None]
    assert [one.url for one in trial.see_also_links] == [
        "https://rest.example/",
        "https://rest.example/film",
    ]


def test_what_has_no_equal_keeps_its_own_words() -> None:
    extra = trial_of_xml(DOCUMENT).extra
    design = "/trial/trialDesign/interventionalTrialDesign"
    assert extra[f"{design}/masking"] == '"Blinded (masking used)"'
    assert json.loads(extra[f"{design}/purposes/purpose"]) == ["Treatment", "Supportive care"]
    assert extra["/trial/interventions/intervention/interventionType"] == '"Mixed"'
    assert extra["/funder/name"] == '"Medical Fund"'
    assert json.loads(extra["/trial/participants/recruitmentCountries/country"]) == ["France"]
    assert json.loads(extra["/trial/participants/trialCentres/trialCentre"])[0] == {
        "name": "York Hospital",
        "@id": "c-1",
        "address": "2 Lane",
    }
    assert extra["/trial/somethingNew/@when"] == '"soon"'


def test_criteria_keep_the_registrys_numbers() -> None:
    assert trial_of_xml(DOCUMENT).eligibility_criteria == (
        "Inclusion Criteria:\n\n1. Aged 18 years or over\n\n   1.1. Or 16 with a parent\n\n"
        "2. Pain > 4 days\n\nUnless pregnant\n\nExclusion Criteria:\n\n3. Fever\n4. Fear of rest"
    )


def test_lines_are_kept_and_nothing_is_made_of_their_signs() -> None:
    assert commonmark("a\nb") == "a\n\nb"
    assert commonmark("1. x\n3. y\n1) z") == "1. x\n\n3. y\n\n1) z"
    assert commonmark("# a\n2021. b") == "\\# a\n\n2021\\. b"


def test_what_was_not_filled_in_is_no_summary() -> None:
    nothing = "Not provided at time of registration"
    summary = re.compile("<plainEnglishSummary>.*</plainEnglishSummary>", re.DOTALL)
    trial = trial_of_xml(
        summary.sub(f"<plainEnglishSummary>{nothing}</plainEnglishSummary>", DOCUMENT)
    )
    assert trial.brief_summary is None
    assert trial.extra["/trial/trialDescription/plainEnglishSummary"] == f'"{nothing}"'


def test_a_university_is_a_sponsor_of_our_kind_and_keeps_its_word() -> None:
    trial = changed()
    assert trial.lead_sponsor and trial.lead_sponsor.class_ is AgencyClass.OTHER
    assert trial.extra["/sponsor/sponsorType"] == '"University/education"'


def test_of_several_sponsors_none_is_made_the_first() -> None:
    again = (
        '<sponsor id="s-2"><organisation>University of Hull</organisation></sponsor></fullTrial>'
    )
    trial = changed(("</fullTrial>", again))
    assert trial.lead_sponsor is None
    assert [one["organisation"] for one in json.loads(trial.extra["/sponsor"])] == [
        "University of York",
        "University of Hull",
    ]


def test_lines_that_are_known_to_be_plain_are() -> None:
    for line in ("a-b", "Pain (any), 5%", "http://a/b", "Aged 18 - 65 years;", "a  b:"):
        assert commonmark(line) == escape(line) == line


def test_a_record_longer_than_any_is_named() -> None:
    with pytest.raises(ContentFailure, match="2,000,"):
        changed(("Two-arm trial", "long " * 400_000))


def test_strange_members_are_kept_and_stop_nothing() -> None:
    deep: Any = "the bottom"
    for _ in range(800):
        deep = {"in": deep}
    record = {
        "isrctn": "10000017",
        "_id": "10000017",
        "trialDescription": {"title": "Rest"},
        "trialDesign": {"primaryStudyDesign": "Observational"},
        "participants": {"trialCentres": {"trialCentre": {"9" * 5_000: "A"}}},
        "contact/~": [[["B"]], {"0": {"1": "C"}}],
        "deep": deep,
    }
    extra = read_isrctn(record, "one.json", TODAY).trial.extra
    assert all(f'"{letter}"' in str(extra) for letter in "ABC")
    assert "the bottom" in str(extra)
    assert "/trial/_id" not in extra


# --- a newer version ----------------------------------------------------------------------------


def imported_over(content: Path, *sources: Path) -> list[str]:
    """What was said of these files, imported one after the other."""
    said = []
    for source in sources:
        for one in import_records([str(source)], io.BytesIO(), content, Policy.UPDATE):
            said += [one.state, *(problem.message for problem in one.problems)]
    return said


def of_ctrdata(path: Path) -> Path:
    """The first trial of the document as that package writes it."""
    record = _plain(ET.fromstring(DOCUMENT)[0][0])
    path.write_text(json.dumps({**record, "ctrname": "ISRCTN"}))
    return path


def _plain(element: ET.Element) -> Any:
    found: dict[str, list[Any]] = {}
    for inner in element:
        found.setdefault(inner.tag.rpartition("}")[2], []).append(_plain(inner))
    members = {key: value[0] if len(value) == 1 else value for key, value in found.items()}
    return members or element.text or ""


def test_a_copy_without_its_date_changes_no_file_that_has_one(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(DOCUMENT)
    said = imported_over(tmp_path / "c", tmp_path / "a.xml", of_ctrdata(tmp_path / "a.json"))
    assert said[:2] == ["new", "refused"]
    assert "doesn't say of when it is" in said[2]


def test_what_such_a_copy_lacked_is_no_change_of_the_registrys(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(DOCUMENT)
    said = imported_over(tmp_path / "c", of_ctrdata(tmp_path / "a.json"), tmp_path / "a.xml")
    assert said == ["new", "updated"]
    text = (tmp_path / "c/trials/ISRCTN10000017.md").read_text("utf-8")
    assert "ann@rest.example" in text
    assert "history:" not in text
    assert "partial-form" not in text


def test_a_plan_that_no_field_takes_any_more_is_another_and_not_gone(tmp_path: Path) -> None:
    newer = DOCUMENT.replace("2026-03-10T15", "2026-04-10T16")
    (tmp_path / "a.xml").write_text(DOCUMENT)
    (tmp_path / "b.xml").write_text(newer.replace("<ipdSharingPlan>Yes", "<ipdSharingPlan>No"))
    imported_over(tmp_path / "c", tmp_path / "a.xml", tmp_path / "b.xml")
    path = tmp_path / "c/trials/ISRCTN10000017.md"
    newest = read_trial(path.read_bytes(), path.name).trial
    (change,) = newest.history if newest else ()
    assert change.field == "ipd_sharing_statement.ipd_sharing"
    assert (change.old, change.new) == ("YES", "No")


def test_of_a_newer_version_what_differs_is_told(tmp_path: Path) -> None:
    newer = DOCUMENT.replace("2026-03-10T15", "2026-04-10T16").replace(
        'version="16"', 'version="17"'
    )
    (tmp_path / "a.xml").write_text(DOCUMENT)
    (tmp_path / "b.xml").write_text(newer.replace(">Placebo<", ">Active<"))
    content = tmp_path / "c"
    assert imported_over(content, tmp_path / "a.xml", tmp_path / "b.xml") == ["new", "updated"]
    assert imported_over(content, tmp_path / "b.xml") == ["unchanged"]
    assert imported_over(content, tmp_path / "a.xml")[0] == "refused"
    text = (content / "trials/ISRCTN10000017.md").read_text("utf-8")
    assert re.findall(r"(?m)^    new: (.*)", text) == ["'\"Active\"'"]
    assert "2026-04-10T16" in text


# --- status -------------------------------------------------------------------------------------

_START, _CLOSED, _END = "2026-09-01T", "2028-02-29T", "2028-08-31T"


@pytest.mark.parametrize(
    ("dates", "status"),
    [
        ((), "RECRUITING"),
        (((_START, "2026-12-01T"),), "NOT_YET_RECRUITING"),
        (((_CLOSED, "2026-11-29T"),), "ACTIVE_NOT_RECRUITING"),
        (((_END, "2026-11-29T"),), "COMPLETED"),
        (((_END, "2026-11-30T"), (_CLOSED, "2026-11-30T")), "RECRUITING"),
        (((_CLOSED, "soon"),), "UNKNOWN"),
    ],
)
def test_status_follows_from_the_dates(dates: tuple[tuple[str, str], ...], status: str) -> None:
    trial = changed(*dates)
    assert trial.overall_status.value == status
    (note,) = trial.import_notes
    assert (note.field, note.code) == (
        "overall_status",
        "unfit-value" if status == "UNKNOWN" else "worked-out",
    )
    says = "follows from the study’s dates"
    assert (says in page_of(trial)) == (status != "UNKNOWN")
    by_an_editor = msgspec.structs.replace(trial, overall_status=Status.WITHDRAWN)
    assert says not in page_of(by_an_editor)


@pytest.mark.parametrize(
    ("place", "said", "status"),
    [
        ("trialDesign", "<overallStatusOverride>Stopped</overallStatusOverride>", "TERMINATED"),
        ("trialDesign", "<overallStatusOverride>Suspended</overallStatusOverride>", "SUSPENDED"),
        ("trialDesign", "<overallStatusOverride>Asleep</overallStatusOverride>", "UNKNOWN"),
    ],
)
def test_what_overrides_the_dates_is_the_status(place: str, said: str, status: str) -> None:
    trial = changed((f"</{place}>", f"{said}</{place}>"))
    assert trial.overall_status.value == status
    assert "Asleep" in page_of(trial) if status == "UNKNOWN" else not trial.import_notes
    assert own_status(trial) == ("Asleep" if status == "UNKNOWN" else "")
    assert "/trial/trialDesign/overallStatusOverride" in trial.extra
    assert "The line for the reason is empty" not in page_of(trial)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("Stopped", "ACTIVE_NOT_RECRUITING"),
        ("No longer recruiting", "ACTIVE_NOT_RECRUITING"),
        ("Not yet recruiting", "NOT_YET_RECRUITING"),
        ("Suspended", "SUSPENDED"),
        ("Asleep", "UNKNOWN"),
    ],
)
def test_what_overrides_recruitment_alone_says_how_the_study_goes_on(
    said: str, status: str
) -> None:
    override = f"<recruitmentStatusOverride>{said}</recruitmentStatusOverride>"
    pair = ("<recruitmentStatusOverride/>", override)
    assert changed(pair).overall_status.value == status
    over = "UNKNOWN" if said == "Asleep" else "COMPLETED"
    assert changed(pair, (_END, "2026-11-29T")).overall_status.value == over


def test_time_alone_is_no_change_of_the_registrys() -> None:
    record = DOCUMENT.replace(_CLOSED, "2026-12-05T")
    (found,) = records_of_xml(io.BytesIO(record.encode()), "all.xml", "fullTrial")
    assert isinstance(found.content, dict)
    before, after = (
        read_isrctn(found.content, "all.xml", day).trial
        for day in (TODAY, TODAY.replace(month=12, day=24))
    )
    assert (before.overall_status, after.overall_status) == (
        Status.RECRUITING,
        Status.ACTIVE_NOT_RECRUITING,
    )
    told = Change(
        date=PartialDate("2026-03-10"),
        field="overall_status",
        old="RECRUITING",
        new="ACTIVE_NOT_RECRUITING",
    )
    assert in_own_words([told], before, after) == ()
    moved = changed((_CLOSED, "2026-11-29T"))
    (by_dates,) = in_own_words([told], before, moved)
    assert by_dates.old == "Recruiting (by its dates)"
    assert by_dates.new == "Active, not recruiting (by its dates)"


def test_its_dates_are_said_to_be_of_recruitment_and_of_registration() -> None:
    """ISRCTN has no other start, and says when it gave the number."""
    trial = changed((_CLOSED, "2030-10-31T"), ("<ageRange>Mixed", "<ageRange>Neonate"))
    said = " ".join(read(page_of(trial)).text.split())
    assert "Start of recruitment:" in said and "Start:" not in said
    assert said.count("End of recruitment: 31 October 2030") == 1  # at a glance
    assert "End of recruitment 31 October 2030" in said
    assert "First posted" not in said and "Registered" in said
    assert said.count("Neonate") == 3  # at a glance, with the limits, and as the record has it


def test_recruitment_that_was_to_end_is_doubted() -> None:
    trial = changed((_CLOSED, "2026-12-05T"))
    assert freshness(trial.overall_status, record_dates(trial), "2026-12-05") == ()
    (doubt,) = freshness(trial.overall_status, record_dates(trial), "2026-12-24")
    assert (doubt.verdict, doubt.date) == ("recruitment-passed", "2026-12-05")


def test_the_principal_investigator_is_one_in_either_spelling() -> None:
    assert changed(("Principal investigator", "Principal Investigator")).overall_officials


def test_who_is_there_for_the_public_is_asked_first() -> None:
    other = (
        "<contactType>Principal investigator</contactType></contactTypes>\n<contactDetails><email>"
        "bo@",
        "<contactType>Public</contactType></contactTypes>\n<contactDetails><email>bo@",
    )
    trial = changed(
        other,
        (
            "<contactType>Public</contactType>\n<contactType>Principal",
            "<contactType>Scientific</contactType>\n<contactType>Principal",
        ),
    )
    assert [one.name for one in trial.central_contacts] == ["Bo Lee", "Dr Ann Ross"]


@pytest.mark.parametrize(
    ("types", "role", "label", "kept"),
    [
        (["Scientific"], "SCIENTIFIC", "Scientific contact", 0),
        (["Scientific", "Public"], "PUBLIC_SCIENTIFIC", "Public, Scientific contact", 0),
        (
            ["Public", "Principal Investigator", "Scientific"],
            "PUBLIC_SCIENTIFIC_PRINCIPAL_INVESTIGATOR",
            "Public, Scientific contact, Principal Investigator",
            0,
        ),
        (["Principal investigator"], "PRINCIPAL_INVESTIGATOR", "Principal Investigator", 0),
        (["Public", "Press"], "PUBLIC", "Public contact", 1),
        (["Press"], None, "", 1),
    ],
)
def test_a_contact_has_the_registrys_roles(
    types: list[str], role: str | None, label: str, kept: int
) -> None:
    said = "".join(f"<contactType>{one}</contactType>" for one in types)
    was = (
        "<contactType>Public</contactType>\n<contactType>Principal investigator</contactType>"
        "</contactTypes>"
    )
    trial = changed((was, f"{said}</contactTypes>"))
    (ann,) = (one for one in trial.central_contacts if one.name == "Dr Ann Ross")
    assert (ann.role.value if ann.role else None) == role
    assert sum("Press" in text for text in trial.extra.values()) == kept
    shown = LexborHTMLParser(page_of(trial)).css("#contacts .contact-role")
    assert label in [one.text(strip=True) for one in shown] or not label
    xml = ET.fromstring(ictrp([(trial, "")]).encode())
    hers = [one for one in xml.iter("contact") if one.findtext("lastname") == "Dr Ann Ross"]
    assert len(hers) == (2 if {"Public", "Scientific"} <= {*types} else 1)


def test_a_type_that_is_a_role_now_is_none_that_the_registry_took_away() -> None:
    now = changed()
    without = [replace(one, role=None) for one in now.central_contacts]
    before = replace(now, central_contacts=tuple(without))
    told = Change(
        date=PartialDate("2026-03-10"),
        field="extra",
        entries=("/contact/contactTypes/contactType",),
        old='"Public"',
    )
    other = replace(told, old='"Press"')
    assert each_once([told, other], before, now) == (other,)
    assert each_once([told], now, before) == (told,)


# --- files --------------------------------------------------------------------------------------


def _two() -> str:
    return f"{HEAD}{FULL}{FULL.replace('10000017', '10000029')}</allTrials>"


def test_trials_of_one_document_are_records_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "all.xml").write_text(_two())
    (tmp_path / "all.xml.gz").write_bytes(gzip.compress(_two().encode()))
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("all.xml", f"<?xml version='1.0' encoding='UTF-8'?>{_two()}")
    for name in ("all.xml", "all.xml.gz", "all.zip"):
        found = list(find_records([str(tmp_path / name)], io.BytesIO()))
        assert [one.where.rpartition("[")[2] for one in found] == ["0]", "1]"]
        trials = [trial_in(one) for one in found]
        assert [one.nct_id for one in trials] == ["ISRCTN10000017", "ISRCTN10000029"]
        assert {one.source.registry for one in trials if one.source} == {"ISRCTN"}
        assert trials[0].source
        assert trials[0].source.url == "https://www.isrctn.com/ISRCTN10000017"


def test_a_record_alone_is_read_and_several_are_not_taken_for_one() -> None:
    one = FULL.replace("<fullTrial>", '<fullTrial xmlns="http://www.67bricks.com/isrctn">')
    assert known_sources.read(one.encode(), "one.xml").trial.nct_id == "ISRCTN10000017"
    with pytest.raises(ContentFailure, match="2 records"):
        known_sources.read(_two().encode(), "two.xml")


def test_ctrdatas_json_says_what_it_lacks(tmp_path: Path) -> None:
    record = {
        "isrctn": "10000017",
        "trialDescription": {"title": "Rest"},
        "trialDesign": {"primaryStudyDesign": "Observational"},
        "participants": {"trialCentres": {"trialCentre": {"name": "York", "zip": "YO1"}}},
        "ctrname": "ISRCTN",
        "record_last_import": "2026-03-08 17:34:31",
    }
    (tmp_path / "one.json").write_text(json.dumps(record))
    (found,) = find_records([str(tmp_path / "one.json")], io.BytesIO())
    trial = trial_in(found)
    assert trial.locations[0].zip == "YO1"
    assert trial.source
    assert trial.source.date == "2026-03-08"
    assert "lacks the sponsors" in trial.import_notes[-1].message
    said = read(page_of(trial)).text
    assert "This copy of the record lacks its contacts." in said
    assert not re.search("No contacts|No investigator", said)
    assert trial.extra == {}
    recruiting = msgspec.structs.replace(trial, overall_status=Status.RECRUITING)
    warned = [one.message for one in check_trial(recruiting, "ISRCTN10000017.md")]
    assert "the trial has no contacts" not in warned


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<!DOCTYPE a [<!ENTITY b 'c'>]>" + DOCUMENT, "declares a document type or entities"),
        ("<!DOCTYPE a SYSTEM 'file:///etc/passwd'>" + DOCUMENT, "declares a document type"),
        (HEAD + "<fullTrial>" + "<a>" * 100_000, "deeper than 40 elements all.xml:1:"),
        (DOCUMENT.replace("</isrctn>", "</isrctm>"), "not well-formed: mismatched tag all.xml:4:"),
        (DOCUMENT[:-40], "not well-formed: "),
        (DOCUMENT.replace("&amp; neck", "&bad; neck"), "not well-formed: undefined entity"),
        (f"{HEAD}</allTrials>", "there is no record in it"),
    ],
)
def test_what_is_no_honest_document_is_refused_in_words(text: str, said: str) -> None:
    (found,) = problems_of(text)
    assert said in found


def test_a_part_of_an_answer_says_that_it_is_one() -> None:
    (found,) = problems_of(DOCUMENT.replace('totalCount="1"', 'totalCount="1001"'))
    assert "the registry found 1,001 trials, and 1 are in this file" in found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (">10000017<", ">1000<", "no ISRCTN number"),
        (">Interventional<", ">Other<", "its primary study design is `Other`"),
    ],
)
def test_what_can_be_no_trial_is_named(old: str, new: str, said: str) -> None:
    with pytest.raises(ContentFailure, match=said):
        changed((old, new))


def test_pages_name_the_right_registry() -> None:
    page = page_of(changed(("NCT00000001", "")))
    assert "https://www.isrctn.com/ISRCTN10000017" in page
    named = re.findall(r"[^<>]*clinicaltrials\.gov[^<>]*", page, re.IGNORECASE)
    assert [one for one in named if "form of ClinicalTrials.gov" not in one] == []
    assert "who answers" not in page


def test_an_age_that_cannot_be_read_is_still_a_limit() -> None:
    limits = age_limits(changed((">18 Years<", ">65<")))
    assert limits.low and limits.low.words == "65"
    assert not limits.are_read
