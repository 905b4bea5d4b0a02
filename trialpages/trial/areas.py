"""Medical headings a registry gave a trial's conditions, and the broad areas these lie in.

An area is a few of the broadest headings of MeSH's trees of diseases (C) and of mental disorders
(F03), as the registry names them above a trial's own; older records have some that newer ones
don't. Its name in the site's language is the word `area_<code>`.
"""

from __future__ import annotations

from collections.abc import Iterator

from trialpages.language.site_language import Language
from trialpages.records.model import Trial

_AREAS = {
    "cancer": ("Neoplasms",),
    "infections": (
        "Infections",
        "Virus Diseases",
        "Bacterial Infections and Mycoses",
        "Parasitic Diseases",
    ),
    "heart": ("Cardiovascular Diseases",),
    "blood": ("Hemic and Lymphatic Diseases",),
    "lungs": ("Respiratory Tract Diseases",),
    "nerves": ("Nervous System Diseases",),
    "mind": ("Mental Disorders",),
    "digestion": ("Digestive System Diseases",),
    "metabolism": (
        "Nutritional and Metabolic Diseases",
        "Metabolic Diseases",
        "Nutrition Disorders",
    ),
    "hormones": ("Endocrine System Diseases",),
    "immune": ("Immune System Diseases",),
    "urogenital": (
        "Urogenital Diseases",
        "Male Urogenital Diseases",
        "Female Urogenital Diseases and Pregnancy Complications",
    ),
    "muscles": ("Musculoskeletal Diseases",),
    "skin": ("Skin and Connective Tissue Diseases",),
    "eyes": ("Eye Diseases",),
    "ears": ("Otorhinolaryngologic Diseases",),
    "mouth": ("Stomatognathic Diseases",),
    "birth": ("Congenital, Hereditary, and Neonatal Diseases and Abnormalities",),
    "wounds": ("Wounds and Injuries",),
    "substances": ("Chemically-Induced Disorders", "Substance-Related Disorders"),
    "symptoms": ("Pathological Conditions, Signs and Symptoms",),
}
_AREA_OF = {heading: code for code, headings in _AREAS.items() for heading in headings}


def areas(trial: Trial) -> tuple[str, ...]:
    """The codes of the areas that its conditions' headings, or broader ones, name."""
    browse = trial.condition_browse
    named = (*browse.meshes, *browse.ancestors) if browse else ()
    found = {_AREA_OF.get(mesh.term or "") for mesh in named}
    return tuple(code for code in _AREAS if code in found)


def headings(trial: Trial) -> Iterator[str]:
    """The headings of its conditions, without the broader ones."""
    browse = trial.condition_browse
    return (mesh.term for mesh in browse.meshes if mesh.term) if browse else iter(())


def area_said(code: str, language: Language) -> str:
    return language.words[f"area_{code}"]
