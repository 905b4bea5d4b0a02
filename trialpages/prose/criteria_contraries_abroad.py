"""Lines in other languages that decide the contrary of the group they stand in.

Registries of many countries pass such lines on untranslated. A heading abroad is in
`criteria_keys.py`; these are `Schwangere dürfen nicht teilnehmen` among what lets people in, and
`吸烟者可参加` among what keeps them out.
"""

from __future__ import annotations

from trialpages.prose.criteria_contrary_forms import Contrary
from trialpages.prose.criteria_keys import any_case

KEPT_OUT_ABROAD = (
    Contrary(
        "excluded, abroad",
        ("made up",),
        ("schlossen", "exclu", "esclus", "uitgesloten", "wyklucz", "wyłącz", "исключ"),
        any_case(
            r"\bausgeschlossen\b|\bexclue?s?\b|\bexclu(?:id|íd)[ao]s?\b|\besclus[aeio]\b|\buitgesloten\b"
            r"|\b(?:wyklucz|wyłącz)(?:on|eni)\w*|\bисключ\w+"
        ),
    ),
    Contrary(
        "they can't take part, abroad",
        ("made up",),
        ("nicht", "pas ", "no pu", "no pod", "no deb", "não", "non pos", "niet", "nie mog", "не "),
        any_case(
            r"\bnicht\s+(?:\w+\s+){0,3}(?:teilnehmen|eingeschlossen|aufgenommen|geeignet|zugelassen|erlaubt)\b"
            r"|\b(?:pas|non)\s+(?:\w+\s+){0,3}(?:participer|inclu(?:re|se?s?)|éligibles?|partecipare|autorisée?s?)\b"
            r"|\b(?:no|não)\s+(?:pueden?|podr[áã]n?|podem?|deben?|deberán?|devem?|serán?)\b|\bniet\s+(?:\w+\s+){0,2}(?:deelnemen|meedoen|toegestaan)\b"
            r"|\bnie\s+mog\w+\b|\bне\s+(?:допуска|могут|может|должн|включа)\w*"
        ),
    ),
    Contrary(
        "out, by its stem, in Spanish, French or German",
        ("made up",),
        (
            *(
                "exclu",
                "ausschl",
                "schließ",
                "no ",
                "non ",
                "ne ",
                "keine teilnahme",
                "impide",
                "fuera",
            ),
            *("indic", "indik", "prohibid", "interdit", "verbot", "untersagt", "gestattet"),
        ),
        any_case(
            r"\bexclu(?:y\w+|ir\w*|re|t|íd\w+|id\w+|sión|siones)\b|\b(?:motifs?|critères?|cause)\s+d['’]\s?exclusion\b|ausschl(?:u|ie)\w+"
            r"|\bschließ\w*\b[^.;\n]*\baus\b|\bno\s+(?:se\s+)?(?:incl|admit|acept|permi|elegib|apt[oa]|autoriz)\w*"
            r"|\bnon\s+(?:éligib|inclu|autoris|admis|permis)\w*|\bne\s+pas\s+incl\w+|\bkeine\s+teilnahme\b"
            r"|\bno\s+participan?\b|\bquedan?\s+fuera\b|\bne\s+peu\w+\s+particip|\bimpide\w*\s+(?:la\s+)?particip|\bcontraindica(?:ci|do|da)\w*|\bcontre-?indi\w+|\bkontraindi\w+"
            r"|\bprohibid\w+|\binterdite?s?\b|\bverboten\w*|\buntersagt\b|\bnicht\s+(?:gestattet|zulässig)\b"
        ),
    ),
    Contrary(
        "not admitted, abroad",
        ("made up",),
        (
            *("pas ", "non ", "no ", "não ", "nicht", "inte ", "ikke", "niet", "nie ", "ej "),
            *("refus", "écart", "schei"),
        ),
        any_case(
            r"\b(?:pas|non|no|não|nicht|niet|nie|inte|ikke|ej)\s+(?:\w+\s+){0,3}(?:admi[st]\w*|amm(?:ess|iss)\w*"
            r"|accett\w*|accept[ée]\w*|retenu\w*|recrut\w*|teilnahme\w*|toegelaten|przyjm\w*|kwalifik\w*|deltag?[ae]?)\b"
            r"|\b(?:sont|seront|est|sera)\s+(?:refus|écart)\w+|\bschei(?:d|den)\s+aus\b"
        ),
    ),
    Contrary(
        "not taken, in East Asian writing",
        ("made up",),
        (
            "除外",
            "不得",
            "不能",
            "不可",
            "排除",
            "剔除",
            "不纳入",
            "でき",
            "不允许",
            "対象外",
            "제외",
            "할 수 없",
        ),
        any_case(
            "除外|不[得能可](?:参加|入组|入选|纳入)|排除|剔除|不纳入"
            "|参加でき(?:ない|ません)|不允许|対象外|제외|할 수 없"
        ),
    ),
)
LET_IN_ABROAD = (
    Contrary(
        "they can take part, abroad",
        ("made up",),
        (
            "teilnehmen",
            "schlossen",
            "particip",
            "partecipa",
            "deelnemen",
            "uczestniczyć",
            "участвовать",
        ),
        any_case(
            r"^(?!.*\b(?:nicht|pas|no|não|non|niet|nie|не)\b).*\b(?:(?:können|kann|dürfen|darf)\b[^.;\n]{0,60}\bteilnehmen"
            r"|eingeschlossen|(?:peu|pue|pod|pos)\w+\s+(?:\w+\s+){0,2}part[ei]cipar\w*"
            r"|(?:peut|peuvent)\s+(?:\w+\s+)?participer|(?:mag|mogen|kan|kunnen)\b[^.;\n]{0,60}\bdeelnemen|mogą\s+uczestniczyć"
            r"|могут\s+участвовать)\b|\bnicht\s+ausgeschlossen\b"
        ),
    ),
    Contrary(
        "in, by its stem, in Spanish, French or German",
        ("made up",),
        (
            *("se inclu", "incluid", "permit", "elegib", "éligib", "inclus", "autoris", "erlaubt"),
            *(
                "gestattet",
                "zulässig",
                "acept",
                "admit",
                "requi",
                "accept",
                "zugelass",
                "erforder",
                "muss",
                "müssen",
                "deb",
                "doi",
                "exclu",
                "ausschlu",
            ),
        ),
        any_case(
            r"^(?!.*\b(?:nicht|pas|no|não|non|niet|nie|kein\w*)\b)(?:.*\b(?:se\s+inclu(?:yen?|irán?)|incluid[oa]s?|permitid[oa]s?"
            r"|se\s+(?:permit|acept|admit|requier)[ea]n?|acceptée?s?|requise?s?|zugelassen|erforderlich|elegibles?|éligibles?|inclus(?:es?)?|autorisée?s?|erlaubt|gestattet|zulässig)\b"
            r"|\W*(?:.*\bpacientes\s+)?(?:deben?|doit|doivent|muss|müssen)\b)"
            r"|\bno\s+(?:se\s+)?exclu\w+|\bpas\s+exclu\w*|\bkein\s+ausschluss\w*"
        ),
    ),
    Contrary(
        "they can take part, in East Asian writing",
        ("made up",),
        ("可", "参加できる", "할 수 있"),
        any_case("(?<!不)可以?(?:参加|入组|纳入)|参加できる|참여할 수 있|등록할 수 있"),
    ),
)
