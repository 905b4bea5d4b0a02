"""Lines above criteria that are known to turn nothing: `Renal:`, `Cohort B`, `Any of these:`.

What a list is of, people say in words without end: `Screen-out criteria`, `Red flags`, `We turn
away:`. A table of these would never be whole, and one that is missing makes our sentence false. So
this table has the others: a line is neutral where each of its words is known to be, and whoever
writes one that isn't known gets a sentence that says less. Nothing in it may say of itself that
somebody is in or out, wanted or not; no word of refusal or leave is in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from trialpages.prose.criteria_headings import KEYS, GroupKind
from trialpages.prose.criteria_keys import any_case, words_of
from trialpages.prose.criteria_scope import names_part
from trialpages.prose.criteria_sentences import introduction, without_instruction, words_in


def is_neutral(line: str, kind: GroupKind) -> bool:
    """Whether a line above criteria is known to leave them what its group's heading says."""
    if len(line) > _LONGEST:
        return False
    line = without_instruction(line)
    said = introduction(line) if line else None
    return (said is not None and said[0] == kind) or _has_known_words(line, kind)


def is_criterion(text: str, kind: GroupKind) -> bool:
    """Whether what stands above sub-items is a criterion itself, which they go on with: it says
    nothing of who is taken, and ends in words that only lead on."""
    text = _PASSING.sub(" ", text)
    if _OF_TAKING.search(text):
        return False
    if _BEGINS.match(text):
        return True
    leads_on = text.rstrip().endswith((":", "："))
    says_what = len(words_in(text)) > _SHORT or bool(_AMOUNT.search(text))
    tail = " ".join(text.split()[-_TAIL:]) if leads_on else ""
    return says_what and _has_known_words(tail, kind)


def is_neutral_heading(heading: str, kind: GroupKind) -> bool:
    """Whether all that a heading says beside its kind names whom or what it is for."""
    for key in KEYS:
        heading = key.pattern.sub(lambda m: " " if m.lastgroup == kind else m[0], heading)
    return _has_known_words(heading, kind)


def _has_known_words(line: str, kind: GroupKind) -> bool:
    part = names_part(line)
    line = _PHRASES.sub(" ", line[part.end() :] if part else line)
    if _ODD.search(line):
        return False
    known = _WORDS | _OF_KIND[kind]
    return all(_is_known(word, known) for found in words_in(line) for word in found.split("-"))


def _is_known(word: str, known: frozenset[str]) -> bool:
    word = re.sub(r"['’]s?$", "", word)
    if len(word) <= 1 or word in known or not _VOWEL.search(word):
        return True
    if word[-1] == "s" and (word[:-1] in known or (word[-2:] == "es" and word[:-2] in known)):
        return True
    if word[-3:] == "ies" and f"{word[:-3]}y" in known:
        return True
    return bool(_MEDICAL.search(word))


_LONGEST, _SHORT, _TAIL = 400, 8, 5
_AMOUNT = re.compile(r"[<>≥≤=%]\s?\d|\d\s?%")
_BEGINS = any_case(r"\W*(?:\w+\W+)?(?:history|diagnosis|presence|evidence)\s+of\b")
_VOWEL = re.compile("[aeiouy0à-ÿ]|[^a-z1-9]")
"""Without one it is an abbreviation, such as `nsclc` or `t2d`."""
_MEDICAL = re.compile(
    r"(?:itis|[^d]osis|ology|ologic(?:al)?|a?emia|a?emic|opathy|opathic|uria|algia|oma|omas|omata"
    r"|penia|ectomy|oscopy|istry|graphy|graphic|metry|rrhea|plasia|plastic|trophy|mab|nib|tinib"
    r"|parin|statin|cillin|mycin|azole|olol|sartan|therapy|therapies|cyte|cytic)s?$"
)
_PHRASES = any_case(
    r"\bwith\s+or\s+without\b|\bunless\s+otherwise\s+(?:noted|specified|stated)\b"
    r"|\b(?:but\s+)?(?:are\s+|is\s+)?not\s+(?:necessarily\s+)?limited\s+to\b|\band/or\b"
    r"|\b(?:heart|cardiac|renal|kidney|hepatic|liver|organ|respiratory|bone\s+marrow)\s+failure\b"
    r"|\bnon-?\s?(?:smok\w+|asthma\w*|diabet\w+|obese|small|hodgkin\w*|invasive|ckd|melanoma"
    r"|metastatic|alcoholic|allergic|atopic|programmable)\b|\b(?:inflammatory\s+)?bowel\s+disease\b"
    r"|\b(?:at|during|for|before|after|prior\s+to|on|until)\s+(?:the\s+)?(?:study\s+)?screening\b"
    r"|\b(?:screening|study|treatment)\s+(?:phases?|periods?|visits?|parts?|groups?|cohorts?|arms?|eye)\b"
)
"""What is harmless in these words together, and needn't be in others."""
_ODD = any_case(r"\bw/o\b|\b0\s+of\b|[^\w\s!-/:-@\[-`{-~‐-…°±·²³µ≤≥•（）、，。：；&-]")
"""What no word says, and yet may deny: `w/o`, `0 of these`, `✗`, `→ out`."""
_PASSING = any_case(
    r"\b(?:before|prior\s+to|of|at|during|throughout|for|in|to|within|with|after|until|by)\s+"
    r"(?:\w+\s+)?(?:the\s+|this\s+|initial\s+|clinical\s+|first\s+|any\s+)*(?:study|trial|screening|enrol\w*|inclusion|entry)"
    r"(?:\s+(?:drugs?|medications?|treatments?|therapy|entry|enrol\w*|registration|starts?|visits?|periods?"
    r"|phases?|participation|procedures?|interventions?|products?|agents?|day|eye|inclusion|randomi[sz]ation))?\b"
    r"|\b(?:study|trial)\s+(?:drugs?|medications?|treatments?|therapy|interventions?|eye|procedures?)\b"
    r"|\b(?:drug|treatment|medication|dose)\s+in\s+(?:the|this)\s+(?:study|trial)\b"
    r"|\b(?:clinically|statistically)\s+\w+|\binclu(?:sion|ding)\s*(?=[:：]|\bbut\b)"
)
"""Words of a criterion about the study that say when or with what, and not who is taken."""
_OF_TAKING = any_case(
    r"\b(?:stud(?:y|ies)|trials?|research|project|particip(?:at(?:e|es|ed|ing|ion))|enrol\w*|recruit\w*|\w*eligib\w*"
    r"|inclu(?:sion|ded?|des)|\w*exclu\w*|entry|enter\w*|join\w*|admi(?:t|ssion)\w*|accept\w*|select\w*|qualif\w*"
    r"|\w*qualif\w*|welcom\w*|reject\w*|refus\w*|den(?:y|ied)\w*|turn(?:s|ed)?|kept|keeps?|defer\w*|candidates?"
    r"|consider\w*|allow\w*|permit\w*|withdraw\w*|you|we|out|apply)\b"
)
_WORDS = words_of(
    # what joins others, counts and points at what follows
    "a an the of or and in on at to for with by as per from than more least most about into "
    "one two three four five several each all any both either some other others another its "
    "their her his this that these those it they who which whose such following follows below "
    "listed described above specified defined including include includes included "
    "inclusive namely "
    "characterized characterised evidenced shown demonstrated documented determined confirmed "
    "measured assessed indicated judged calculated accompanied according based related specific "
    "associated due because is are was were be been has have had having presence present "
    "presenting evidence existing co coexisting known current currently previous previously prior "
    "past concurrent concomitant history new newly recent recently within between during before "
    "after since until over under up only also addition additional additionally further general "
    "common main major minor key relevant particular individual overall respective least minimum "
    "maximum normal abnormal abnormality high low higher lower increased decreased elevated "
    "reduced mild moderate severe serious significant clinically clinical active acute chronic "
    "stable unstable uncontrolled controlled poorly well adequate adequately sufficient inadequate "
    "insufficient impaired impairment primary secondary initial first second third type types "
    "class category grade stage level levels value values range ranges result results count counts "
    "limit upper time times period periods day days week weeks month months year years hour hours "
    "old age ages aged gender sex male female males females date baseline screening visit visits "
    "note notes e.g i.e via through across per "
    # who it is of
    "patient patients subject subjects participant participants person persons people individual "
    "individuals adult adults child children adolescent adolescents youth infant infants newborn "
    "newborns woman women man men parent parents mother mothers father fathers caregiver "
    "caregivers carer family families sibling siblings partner partners donor donors recipient "
    "recipients proband control controls case cases healthy volunteer volunteers group groups "
    "cohort cohorts arm arms part parts phase phases panel module aim aims step block study "
    "substudy sub population staff clinician clinicians clinic physician physicians provider "
    "providers nurse nurses worker workers teacher student students couple couples smoker smokers "
    "asthmatic asthmatics diabetic diabetics pregnant obese "
    # of what
    "criteria criterion condition conditions characteristic characteristics parameter parameters "
    "feature features factor factors finding findings indicator indicators medical demographic "
    "demographics diagnosis diagnoses diagnosed diagnostic disease diseases disorder disorders "
    "illness illnesses syndrome syndromes comorbidity comorbidities symptom symptoms symptomatic "
    "sign signs status infection infections infectious injury injuries surgery surgical procedure "
    "procedural procedures treatment treatments treated therapy therapies therapeutic drug drugs "
    "medication medications medicine medicines agent agents antibody antibodies chemotherapy "
    "radiation vaccine vaccination transplant transplantation transfusion dose doses dosing "
    "antibiotics steroid steroids corticosteroid corticosteroids systemic oral topical inhaled "
    "received receiving receive requiring use using used taking undergone test tests testing "
    "laboratory lab laboratories chemistry biochemistry biochemical hematologic haematologic "
    "hematological haematological coagulation imaging radiological radiographic mri ecg ct "
    "examination exam function functions functional functioning reserve organ organs bone marrow "
    "blood serum urine plasma liver hepatic kidney renal heart cardiac cardiovascular "
    "cerebrovascular vascular coronary lung lungs pulmonary respiratory airway brain cns nervous "
    "system systems neurological neurologic cognitive psychiatric psychological mental behavioral "
    "eye eyes ocular ophthalmic skin gastrointestinal intestinal endocrine metabolic immune "
    "immunological muscle musculoskeletal spinal lumbar vertebral joint joints allergy allergies "
    "allergic asthma rhinitis eczema food peanut milk egg wheat pollen sensitization "
    "hypersensitivity cancer cancers tumor tumors tumour tumours solid malignancy malignancies "
    "malignant metastatic metastases metastasis locally advanced recurrent relapsed refractory "
    "prostate breast colorectal ovarian gastric pancreatic carcinoid diabetes hypertension stroke "
    "hiv hepatitis covid viral bacterial fungal tuberculosis erectile dysfunction dysfunctions "
    "sexual pregnancy contraception contraceptive childbearing bearing potential fertility "
    "menopausal postmenopausal smoking alcohol substance abuse diet physical activity exercise "
    "performance ecog weight height body mass index bmi height health care social language english "
    "demography education consent informed questionnaire disability quality life pain headache "
    "migraine depression anxiety sleep obesity creatinine clearance bilirubin albumin hemoglobin "
    "haemoglobin platelet platelets neutrophil pressure rate specimen tissue sample biopsy "
    "histology histologically cytologically pathology pathological genetic mutation expression "
    "event events reaction reactions response risk outcome pattern mellitus cell exacerbation "
    "exacerbations severity score total classification list randomization expansion escalation "
    "peritoneal randomisation monotherapy combination pre post operative perioperative anti "
    "matched localized "
    "criteriar citeria critieria apply applies standards guidelines measurable planned pilot ill "
    "officials"
)
_OF_KIND: Mapping[GroupKind, frozenset[str]] = {
    "inclusion": words_of(
        "meet meets meeting met must should will fulfil fulfill fulfils fulfills satisfy satisfies "
        "satisfied willing able agree agrees definition definitions inclusion eligible eligibility "
        "requirements requirement acceptable if so"
    ),
    "exclusion": words_of(
        "exclusion exclusions contraindication contraindications contra indication indications "
        "interfere unsuitable meet meets meeting if cannot"
    ),
    "other": frozenset(),
}
"""What is neutral where it says the same as the heading."""
