"""Posted results with more groups than a sheet of paper is wide."""

from __future__ import annotations

import json
from typing import Any

GROUPS = 19


def odd_results() -> str:
    """The `.results.json` of the trial with results."""
    return json.dumps(
        {
            "participantFlowModule": _flow(),
            "baselineCharacteristicsModule": _baseline(),
            "outcomeMeasuresModule": {
                "outcomeMeasures": [
                    _outcome("PRIMARY", "Pain"),
                    _outcome("SECONDARY", "Sleep <8 h"),
                ]
            },
            "adverseEventsModule": _events(),
            "moreInfoModule": {"limitationsAndCaveats": {"description": "Few *people*."}},
        }
    )


def _groups(prefix: str) -> list[dict[str, str]]:
    return [
        {
            "id": f"{prefix}{number:03}",
            "title": f"Group{number} of Many",
            "description": f"Those who rested for {number} hours.",
        }
        for number in range(GROUPS)
    ]


def _each(prefix: str, key: str, start: int) -> list[dict[str, str]]:
    return [
        {"groupId": f"{prefix}{number:03}", key: str(start + number)} for number in range(GROUPS)
    ]


def _flow() -> dict[str, Any]:
    milestones = [
        {"type": "STARTED", "achievements": _each("FG", "numSubjects", 5100)},
        {"type": "COMPLETED", "achievements": _each("FG", "numSubjects", 5200)},
    ]
    return {
        "groups": _groups("FG"),
        "periods": [{"title": "Overall Study", "milestones": milestones}],
    }


def _baseline() -> dict[str, Any]:
    measure = {
        "title": "Age",
        "paramType": "MEAN",
        "unitOfMeasure": "years",
        "classes": [{"categories": [{"measurements": _each("BG", "value", 5300)}]}],
    }
    denoms = [{"units": "Participants", "counts": _each("BG", "value", 5400)}]
    return {"groups": _groups("BG"), "denoms": denoms, "measures": [measure]}


def _outcome(kind: str, title: str) -> dict[str, Any]:
    return {
        "type": kind,
        "title": title,
        "timeFrame": "12 weeks",
        "paramType": "MEAN",
        "unitOfMeasure": "points",
        "groups": _groups("OG"),
        "denoms": [{"units": "Participants", "counts": _each("OG", "value", 5500)}],
        "classes": [{"categories": [{"measurements": _each("OG", "value", 5600)}]}],
        "analyses": [{"groupIds": ["OG000", "OG001"], "pValue": "0.04"}],
    }


def _events() -> dict[str, Any]:
    stats = [
        {"groupId": f"EG{number:03}", "numEvents": 2, "numAffected": number, "numAtRisk": 61}
        for number in range(GROUPS)
    ]
    event = {"term": "Nausea", "organSystem": "Stomach", "stats": stats}
    return {
        "timeFrame": "12 weeks",
        "eventGroups": _groups("EG"),
        "seriousEvents": [event],
        "otherEvents": [event, {**event, "term": "Rash"}],
    }
