"""Eligibility criteria in the forms people write them."""

CRITERIA = {
    "two headings": "### Inclusion criteria\n\n1. Adult\n2. Blood \\>9 g/dL\n\n"
    "### Exclusion criteria\n\n* Pregnant\n* Asleep",
    "two paragraphs": "Inclusion Criteria:\n\n* Adult\n\nExclusion Criteria:\n\n* Pregnant",
    "non-inclusion": "Non-inclusion criteria:\n\n* HIV infection",
    "non-inclusion after inclusion": "Inclusion criteria:\n\n* Adult\n\n"
    "Non-inclusion criteria:\n\n* HIV infection",
    "a heading inside the last item": "Inclusion Criteria:\n\n1. Adults\n\n"
    "   Exclusion Criteria:\n2. Pregnancy",
    "a heading as the last item": "* Inclusion Criteria:\n* Adults\n* Exclusion Criteria:\n* Pregnancy",
    "a heading with a full stop": "Inclusion criteria.\n\n* Adults\n\nExclusion criteria.\n\n* Pregnancy",
    "a heading with words behind it": "Inclusion Criteria: Adults\n\n"
    "Exclusion Criteria: contra-indication to surgery",
    "exclusion first": "Exclusion Criteria:\n\n* Pregnancy\n\nInclusion Criteria:\n\n* Adults",
    "bold headings": "**Inclusion Criteria**\n\n* Adults\n\n**Exclusion Criteria**\n\n* Pregnancy",
    "capitals": "INCLUSION CRITERIA\n\n* Adults\n\nEXCLUSION CRITERIA\n\n* Pregnancy",
    "inclusion for two cohorts": "Inclusion Criteria for Cohort A:\n\n* Adults\n\n"
    "Inclusion Criteria for Cohort B:\n\n* Children\n\nExclusion Criteria for both cohorts:\n\n"
    "* Pregnancy",
    "a sentence": "A subject will not be eligible for inclusion in this study if any of these "
    "apply:\n\n* Pregnancy",
    "eligible and ineligible": "Eligible:\n\n* Adults\n\nIneligible:\n\n* Pregnancy",
    "exclusion alone": "Exclusion Criteria:\n\n* Pregnancy",
    "inclusion alone": "Inclusion Criteria:\n\n* Adults",
    "full-width signs": "Inclusion Criteria：\n\n* Adults\n\nExclusion Criteria（all）：\n\n* Pregnancy",
    "a heading of either kind behind inclusion": "Inclusion criteria\n\n* Adults\n\n"
    "Eligibility Criteria：\n\n* Pregnancy",
    "no heading": "* Adults\n* Not pregnant",
    "prose": "Adults who aren't pregnant.",
    "a heading without criteria": "Inclusion Criteria:\n\nExclusion Criteria:\n\n* Pregnancy",
    "topics of old records": "Exclusion Criteria\n\nConcurrent Medication:\n\nExcluded:\n\n* Steroids"
    "\n\nPrior Medication:\n\nRequired:\n\n* Old pills\n\nPatients with swollen glands.",
    "a sentence in the middle": "Inclusion Criteria:\n\n* Adult\n\nPatients must not have:\n\n* HIV",
    "lines that decide the contrary": "Inclusion Criteria:\n\n* Adult\n* Note: Patients with AIDS are "
    "not eligible.\n\nExclusion Criteria:\n\n* Cancer\n* Patients with AIDS may be included.",
    "lines that let in as well": "Inclusion Criteria:\n\n* Adult\n* Patients with asthma are eligible "
    "if it is mild.\n\nExclusion Criteria:\n\n* Cancer. Patients whose cancer is cured may take part.",
    "a choice among lines": "Inclusion Criteria:\n\n* Adult\n* At least one of the following:\n"
    "* Asthma\n* Hay fever\n\nExclusion Criteria:\n\nActive or history of cancer, "
    "including, but not limited to, leukemia, within two years, with the exceptions below:\n\n* Cured",
    "none in words": "Inclusion Criteria:\n\n* Adult\n\nExclusion Criteria:\n\n* None",
    "both in one heading": "Inclusion and Exclusion Criteria:\n\n* Adults\n* No pregnancy",
    "numbered with gaps": "Inclusion Criteria:\n\n7. Adults\n9. Consent:\n   1. signed\n   2. dated"
    "\n\nExclusion Criteria:\n\n1. Pregnancy\n1. Nursing",
}
"""By what they are called in the title of the trial that has them."""
