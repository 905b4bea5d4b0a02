"""Odd records: every combination a page has a sentence for, and what strains a page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import cycle
from typing import Any

from truths.odd_criteria import CRITERIA

Fields = Mapping[str, Any]


def odd_records() -> Iterator[tuple[str, str]]:
    """Each record's id and its content file."""
    for number, (fields, body) in enumerate(_all(), start=1):
        own = {"nct_id": f"NCT{number:08}", **fields}
        yield own["nct_id"], content_file(own, body)


def content_file(fields: Fields, body: str = "") -> str:
    """A content file: each field as JSON, which is YAML too."""
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]
    return "---\n" + "\n".join(lines) + f"\n---\n{body}"


def _all() -> Iterator[tuple[Fields, str]]:
    for fields in _statuses():
        yield fields, "\n## Brief summary\n\nDoes it help?\n"
    for name, text in CRITERIA.items():
        title = f"Criteria written as {name}"
        yield _small(title), f"\n## Eligibility criteria\n\n{text}\n"
    for signs in HOSTILE:
        yield _hostile(signs), f"\n## Brief summary\n\nA text with {_escaped(signs)} in it.\n"
    yield from _registries()
    yield from _places()
    yield _long(), "\n## Brief summary\n\n" + "Long words and many of them. " * 60 + "\n"
    yield _documents(), "\n## Plain-language summary\n\nResting may help.\n"
    yield _history(), "\n## Detailed description\n\n1. one\n3. three\n\nMore about rest.\n"
    yield {**_small("A draft that nobody sees"), "draft": True}, ""
    yield (
        {**_small("Estudio del reposo"), "lang": "es"},
        "\n## Brief summary\n\n¿Ayuda el reposo?\n",
    )
    yield (
        _small(
            "A study of Behcet&#39;s disease &amp; rest",
            conditions=["Obesity &Amp; Overweight"],
            locations=[{"facility": "Women&#39;s Clinic", "country": "UK"}],
            primary_outcomes=[{"measure": "10<sup>9</sup> cells", "description": r"A \&lt; B"}],
        ),
        "\n## Brief summary\n\nThe study\\&#39;s aim is \\&amp;gt; 5.<br>And rest.\n",
    )
    yield _small("Nothing but a title", conditions=None), ""
    yield with_results(), "\n## Brief summary\n\nWith posted results.\n"


def _small(title: str, **more: Any) -> Fields:
    fields = {
        "brief_title": title,
        "overall_status": "RECRUITING",
        "study_type": "INTERVENTIONAL",
        "conditions": ["Migraine"],
        **more,
    }
    return {key: value for key, value in fields.items() if value is not None}


STATUSES = [
    "NOT_YET_RECRUITING",
    "RECRUITING",
    "ENROLLING_BY_INVITATION",
    "ACTIVE_NOT_RECRUITING",
    "COMPLETED",
    "SUSPENDED",
    "TERMINATED",
    "WITHDRAWN",
    "AVAILABLE",
    "NO_LONGER_AVAILABLE",
    "TEMPORARILY_NOT_AVAILABLE",
    "APPROVED_FOR_MARKETING",
    "WITHHELD",
    "UNKNOWN",
]
_ACCESS = STATUSES[8:12]
_AGES = (
    ("18 Years", None),
    (None, "17 Years"),
    ("6 Months", "75 Years"),
    ("65 Years", None),
    (None, None),
    ("18 Years", "18 Years"),
    ("12 Weeks", "11 Months"),
    ("16 Years", "40 Years"),
    ("1 Day", None),
)


def _statuses() -> Iterator[Fields]:
    """Every status, with every type of date and of enrolment, every sex and range of ages."""
    dates = cycle(("ACTUAL", "ESTIMATED", None))
    types = cycle(("ACTUAL", "ESTIMATED", None, "ESTIMATED", "ACTUAL"))
    counts = cycle((0, 1, 2, 1200))
    sexes = cycle(("ALL", "FEMALE", "MALE", None))
    ages = cycle(_AGES)
    phases = cycle((["PHASE1"], ["PHASE2", "PHASE3"], ["NA"], [], ["EARLY_PHASE1"], ["PHASE4"]))
    kinds = cycle(("INTERVENTIONAL", "OBSERVATIONAL", "INTERVENTIONAL"))
    for status in STATUSES:
        for variant in range(6):
            low, high = next(ages)
            kind = "EXPANDED_ACCESS" if status in _ACCESS else next(kinds)
            yield _small(
                f"Rest in a study that is {status.lower().replace('_', ' ')}, {variant + 1}",
                overall_status=status,
                study_type=kind,
                phases=next(phases) if kind == "INTERVENTIONAL" else None,
                start_date=_date("2021-03-02", next(dates)),
                primary_completion_date=_date("2023-06", next(dates)),
                completion_date=_date("2027" if variant % 2 else "2023-12-31", next(dates)),
                enrollment_info=_enrolled(next(counts), next(types)),
                sex=next(sexes),
                minimum_age=low,
                maximum_age=high,
                healthy_volunteers=(True, False, None)[variant % 3],
                expanded_access_info={"has_expanded_access": False} if status in _ACCESS else None,
                last_update_post_date=_date(f"202{variant}-05-20", "ACTUAL"),
                why_stopped="Slow *accrual* of 5 > 3." if status == "TERMINATED" else None,
                lead_sponsor={"name": f"Hospital {variant}", "class": "OTHER"},
                locations=[{"city": "Lyon", "country": "France", "facility": "Clinic"}],
                has_results=True if variant == 5 else None,
                results_waived=True if variant == 4 else None,
            )


def _date(date: str, kind: str | None) -> Fields:
    return {"date": date, "type": kind} if kind else {"date": date}


def _enrolled(count: int, kind: str | None) -> Fields:
    return {"count": count, "type": kind} if kind else {"count": count}


HOSTILE = (
    "<b>bold</b> & <script>alert(1)</script>",
    "&amp; &lt;b&gt; &#x41; &nbsp;",
    "{{ page.title }} {% raw %} {# remark #}",
    "{n} {title} %s %(name)s ${x}",
    "\"double\" 'single' `back` «guillemets» “curly”",
    "]]> --> <!-- <![CDATA[ <?xml ?>",
    "\\> \\< \\[ \\* 1\\. C:\\path\\n",
    "TY  - BOOK ER  -  ;;; , , / ‐ – —",
    "@article{x, title={y}} % comment # hash \\textbf{z} $x^2$ ~ _ ^",
    "≥ 18 ≤ 65 × µ 1.5×10⁹/L ½ ﬁ Å Ω K",
    "\u202eright to left\u202c \u200fmark\u200e שלום العربية",
    "日本語の題名 中文标题 ภาษาไทย 👩‍⚕️🏥 𝒜",
    "a\u0301 e\u0308 n\u0303 z\u0335 \u00ad soft\u00adhyphen no\u00a0break thin\u2009space zero\u200bwidth",
    "None True False Markup('x') <object at 0x7f> Status.RECRUITING empty-section",
    "javascript:alert(1) data:text/html,x http://x.example/?a=1&b=2 \\\\host\\share",
    "/ // ../ ..\\ con nul. trailing. dots...",
)
"""Signs that mean something to HTML, XML, templates, RIS, BibTeX, file systems or readers."""


def _hostile(signs: str) -> Fields:
    return _small(
        f"Title {signs}",
        official_title=f"Official {signs}",
        acronym=signs[:12],
        conditions=[f"Condition {signs}", "Migraine"],
        keywords=[signs, f"keyword {signs}"],
        lead_sponsor={"name": f"Sponsor {signs}", "class": "INDUSTRY"},
        collaborators=[{"name": f"=With({signs}"}],
        arm_groups=[{"label": f"Arm {signs}", "intervention_names": [f"Drug: Given {signs}"]}],
        interventions=[{"type": "DRUG", "name": f"Given {signs}", "other_names": [signs]}],
        primary_outcomes=[{"measure": f"Measure {signs}", "time_frame": f"Weeks {signs}"}],
        overall_officials=[{"name": f"Dr. {signs}", "affiliation": f"At {signs}"}],
        locations=[{"facility": f"Clinic {signs}", "city": "Lyon", "country": "France"}],
        central_contacts=[{"name": f"Nurse {signs}", "role": "CONTACT", "phone": "555-1234"}],
        org_study_id_info={"id": f"ORG {signs}"},
        secondary_id_infos=[{"id": f"SEC {signs}", "type": "OTHER", "domain": signs}],
        references=[{"citation": f"Calm D. {signs}. 2020.", "type": "BACKGROUND"}],
        see_also_links=[{"label": "See", "url": f"https://x.example/{signs}"}],
        source={"registry": f"Registry {signs}", "file": "x.txt"},
        last_update_post_date="2024-02-29",
    )


def _escaped(signs: str) -> str:
    """The signs so that CommonMark shows them as they are."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]<>()#+-.!&|~$" else sign for sign in signs)


def _registries() -> Iterator[tuple[Fields, str]]:
    for registry, trial_id in (
        ("ISRCTN", "ISRCTN12345678"),
        ("EUCTR", "EUCTR2020-001234-56-GB"),
        ("DRKS", "DRKS00012345"),
        ("ANZCTR", "ACTRN12620000123456"),
        ("CTIS", "2023-501234-12-00"),
    ):
        source = {"registry": registry, "url": f"https://registry.example/{trial_id}"}
        also = {"related_trials": [{"nct_id": "NCT00000001"}, {"nct_id": "NCT99999999"}]}
        yield _small(f"A trial of {registry}", nct_id=trial_id, source=source, **also), ""
    note = {
        "field": "overall_status",
        "code": "worked-out",
        "message": "`RECRUITING` on 2026-01-30",
    }
    title = "A trial of a registry without a status"
    yield _small(title, nct_id="ISRCTN12345679", import_notes=[note]), ""
    own = {"/ctPublicStatusCode": '"10"', "/totalNumberEnrolled": '"40"', "/startDateEU": '"soon"'}
    title = "A trial whose registry has a status of its own"
    yield _small(title, nct_id="2023-501235-13-00", overall_status="UNKNOWN", extra=own), ""
    own = {"/ctPublicStatusCode": '"1"'}
    yield _small(title, nct_id="2023-501236-14-00", overall_status="UNKNOWN", extra=own), ""
    source = {"registry": "DRKS", "via": "the WHO"}
    for number, word in (("DRKS00012346", "Not Recruiting"), ("DRKS00012347", "Authorised")):
        own = {"/Recruitment_Status": f'"{word}"', "/Secondary_Sponsor": '"South"'}
        passed_on = {"overall_status": "UNKNOWN", "source": source, "extra": own}
        yield _small("A copy that somebody passed on", nct_id=number, **passed_on), ""


_TOWNS = (
    ("Paris", "France", 48.85341, 2.3488),
    ("Perth", "Australia", -31.95224, 115.8614),
    ("Łódź", "Poland", 51.75, 19.46667),
    ("Seoul", "Korea, Republic of", 37.566, 126.9784),
    ("Seoul", "South Korea", 37.566, 126.9784),
    ("Ankara", "Turkey", 39.91987, 32.85427),
)


def _places() -> Iterator[tuple[Fields, str]]:
    for count in (0, 1, 2, 13, 60):
        title = f"A study at {count} places"
        yield _small(title, locations=[_place(number) for number in range(count)] or None), ""
    stands = (("Poland", "COMPLETED"), ("Spain", "RECRUITING"), ("Poland", "WITHDRAWN"))
    places = [{"country": country, "status": status} for country, status in stands]
    yield _small("A study that is closed in one country", locations=places), ""
    places.append({"country": "Spain", "status": "SUSPENDED"})
    old = {"status_verified_date": "2020-01", "enrollment_info": _enrolled(20, "ESTIMATED")}
    access = {"nct_id": "NCT00000049", "status_for_nct_id": "AVAILABLE"}
    title = "A study that was closed in one country when somebody last looked"
    yield _small(title, locations=places, expanded_access_info=access, **old), ""


def _place(number: int) -> Fields:
    city, country, lat, lon = _TOWNS[number % len(_TOWNS)]
    place: dict[str, Any] = {"city": city, "country": country}
    if number % 5:
        place["facility"] = f"Clinic {number}"
    if number % 3:
        place["status"] = ("RECRUITING", "WITHDRAWN", "COMPLETED")[number % 3]
    if number % 4:
        place["geo_point"] = {"lat": lat, "lon": lon}
    if number % 2:
        contact = {"name": f"Nurse {number}", "role": "CONTACT"}
        place["contacts"] = [contact | ({"phone": f"555-{number:04}"} if number % 3 else {})]
    return place


def _long() -> Fields:
    words = "Pneumonoultramicroscopicsilicovolcanoconiosis-and-more "
    return _small(
        "An unusually long title " + words * 6,
        conditions=[f"{words.strip()} of kind {number}" for number in range(45)],
        keywords=[words.strip()],
        lead_sponsor={"name": "The " + words * 4},
        arm_groups=[
            {"label": f"Arm {number} " + words * 2, "intervention_names": [f"Drug: Drug {other}"]}
            for number in range(14)
            for other in (number % 9,)
        ],
        interventions=[{"type": "DRUG", "name": f"Drug {number}"} for number in range(9)],
    )


def _documents() -> Fields:
    return _small(
        "A study with documents",
        plain_language_summary={"author": "Eve Editor", "date": "2025-01-02"},
        large_docs=[
            {
                "type_abbrev": "Prot_SAP",
                "has_protocol": True,
                "has_sap": True,
                "has_icf": False,
                "label": "Study Protocol and Statistical Analysis Plan",
                "date": "2021-05-03",
                "upload_date": "2025-08-04T20:30",
                "filename": "Prot_SAP_000.pdf",
                "size": 2422279,
            }
        ],
        condition_browse={
            "meshes": [{"id": "D008881", "term": "Migraine Disorders"}],
            "ancestors": [{"id": "D009422", "term": "Nervous System Diseases"}],
        },
        oversight_has_dmc=True,
        responsible_party={"type": "SPONSOR"},
        is_fda_regulated_drug=False,
        study_first_submit_date="2020-12-24",
        ipd_sharing_statement={"ipd_sharing": "NO", "description": "Nobody *asked*."},
        import_notes=[
            {"field": "eligibility_criteria", "code": "missing-item", "message": "No item 8."}
        ],
        version_holder="2025-09-01",
    )


def _history() -> Fields:
    return _small(
        "A study that changed",
        aliases=["NCT90000001", "OLD-2020-1234"],
        nct_id_aliases=["NCT90000001"],
        history=[
            {"date": "2024-06-06", "field": "overall_status", "old": "NOT_YET_RECRUITING"}
            | {"new": "RECRUITING"},
            {"date": "2024-07-01", "field": "enrollment_info.count", "old": "10", "new": "20"},
        ],
        reviewed={"date": "2025-02-03", "by": "A. Reader"},
        status_verified_date="2020-01",
    )


RESULTS_TITLE = "A study with many groups in its results"


def with_results() -> Fields:
    return _small(
        RESULTS_TITLE,
        overall_status="COMPLETED",
        has_results=True,
        results_first_post_date="2024-01-02",
    )
