"""The registry's fixed lists of values for a trial's protocol.

A label belongs to a field, not to a value: `NA` reads "Not Applicable" as a phase and "N/A" as an
allocation. So each field's list is a class of its own, also where two lists look alike.

Labels are the registry's own words, except where a class says otherwise. Meanings are ours, for a
patient; a value that explains itself has none. The lists for results and the registry's remarks
are in `results_vocabulary`.
"""

import enum
from typing import Self


class Vocabulary(enum.Enum):
    """A registry enumeration: each value has the registry's label and a meaning in plain words."""

    _value_: str
    label: str
    meaning: str

    # The value alone stays the enum's value, because msgspec decodes and encodes by it. The label
    # has a default only so that type checkers accept the lookup `Status("RECRUITING")`.
    def __new__(cls, value: str, label: str = "", meaning: str = "") -> Self:
        member = object.__new__(cls)
        member._value_ = value
        member.label = label
        member.meaning = meaning
        return member


# Where the study stands


class Status(Vocabulary):
    """`overallStatus`, `lastKnownStatus`."""

    NOT_YET_RECRUITING = (
        "NOT_YET_RECRUITING",
        "Not yet recruiting",
        "The study is planned, but takes in nobody yet.",
    )
    RECRUITING = (
        "RECRUITING",
        "Recruiting",
        "The study is looking for people who meet the criteria.",
    )
    ENROLLING_BY_INVITATION = (
        "ENROLLING_BY_INVITATION",
        "Enrolling by invitation",
        "The study only takes people whom the team itself invites, so you can't apply.",
    )
    ACTIVE_NOT_RECRUITING = (
        "ACTIVE_NOT_RECRUITING",
        "Active, not recruiting",
        "The study goes on with those already in it, but takes in nobody new.",
    )
    COMPLETED = (
        "COMPLETED",
        "Completed",
        "The study ended normally and takes in nobody new.",
    )
    SUSPENDED = (
        "SUSPENDED",
        "Suspended",
        "The study is on hold and might start again.",
    )
    TERMINATED = (
        "TERMINATED",
        "Terminated",
        "The study was ended for good before its planned end.",
    )
    WITHDRAWN = "WITHDRAWN", "Withdrawn", "The study was called off before anyone was in it."
    AVAILABLE = (
        "AVAILABLE",
        "Available",
        "A doctor can ask for this treatment for a patient who can't join a trial of it.",
    )
    NO_LONGER_AVAILABLE = (
        "NO_LONGER_AVAILABLE",
        "No longer available",
        "Nobody can get the treatment in this way, and that isn't meant to change.",
    )
    TEMPORARILY_NOT_AVAILABLE = (
        "TEMPORARILY_NOT_AVAILABLE",
        "Temporarily not available",
        "This treatment can't be had outside a trial at the moment, but that should change.",
    )
    APPROVED_FOR_MARKETING = (
        "APPROVED_FOR_MARKETING",
        "Approved for marketing",
        "U.S. authorities have approved this treatment, so it is no longer given in this way.",
    )
    WITHHELD = (
        "WITHHELD",
        "Withheld",
        "The details stay private until the product tested has been approved.",
    )
    UNKNOWN = (
        "UNKNOWN",
        "Unknown status",
        "How the study stands now isn't known.",
    )


class RecruitmentStatus(Vocabulary):
    """`locations.status`: how things stand at one place, whatever the study as a whole does."""

    NOT_YET_RECRUITING = (
        "NOT_YET_RECRUITING",
        "Not yet recruiting",
        "Nobody can join at this place yet.",
    )
    RECRUITING = "RECRUITING", "Recruiting", "People who meet the criteria can ask to join here."
    ENROLLING_BY_INVITATION = (
        "ENROLLING_BY_INVITATION",
        "Enrolling by invitation",
        "Only people whom the study team invites can join here.",
    )
    ACTIVE_NOT_RECRUITING = (
        "ACTIVE_NOT_RECRUITING",
        "Active, not recruiting",
        "The study goes on here, but nobody new can join.",
    )
    COMPLETED = "COMPLETED", "Completed", "The study has run to its end here."
    SUSPENDED = "SUSPENDED", "Suspended", "The study is on hold here and might start again."
    TERMINATED = "TERMINATED", "Terminated", "The study was ended early here, for good."
    WITHDRAWN = "WITHDRAWN", "Withdrawn", "The study was called off here before anyone joined."
    AVAILABLE = "AVAILABLE", "Available", "The treatment can be had here outside a trial."


class ExpandedAccessStatus(Vocabulary):
    """`expandedAccessInfo.statusForNctId`: four of the study's own statuses, same in meaning."""

    AVAILABLE = "AVAILABLE", "Available", Status.AVAILABLE.meaning
    NO_LONGER_AVAILABLE = (
        "NO_LONGER_AVAILABLE",
        "No longer available",
        Status.NO_LONGER_AVAILABLE.meaning,
    )
    TEMPORARILY_NOT_AVAILABLE = (
        "TEMPORARILY_NOT_AVAILABLE",
        "Temporarily not available",
        Status.TEMPORARILY_NOT_AVAILABLE.meaning,
    )
    APPROVED_FOR_MARKETING = (
        "APPROVED_FOR_MARKETING",
        "Approved for marketing",
        Status.APPROVED_FOR_MARKETING.meaning,
    )


class DateType(Vocabulary):
    """`type` beside each date, such as `startDateStruct.type`."""

    ACTUAL = "ACTUAL", "Actual", "This is the day or month on which it really happened."
    ESTIMATED = "ESTIMATED", "Estimated", "This date is a forecast or a best guess."


class EnrollmentType(Vocabulary):
    """`enrollmentInfo.type`."""

    ACTUAL = "ACTUAL", "Actual", "How many people really joined."
    ESTIMATED = "ESTIMATED", "Estimated", "How many people the team plans for."


# How the study is built


class StudyType(Vocabulary):
    """`studyType`. OTHER is ours, for words of other registries that are none of the registry's."""

    INTERVENTIONAL = (
        "INTERVENTIONAL",
        "Interventional",
        "A study that gives people something, such as a treatment, to find out what it does.",
    )
    OBSERVATIONAL = (
        "OBSERVATIONAL",
        "Observational",
        "A study that watches people, or data about them, and doesn't decide on their treatment.",
    )
    EXPANDED_ACCESS = (
        "EXPANDED_ACCESS",
        "Expanded Access",
        "Not a trial: a way to give a treatment before its approval to people who can't join one.",
    )
    OTHER = (
        "OTHER",
        "Of another kind",
        "A study that its registry calls neither interventional nor observational.",
    )


class Phase(Vocabulary):
    """`phases`."""

    NA = (
        "NA",
        "Not Applicable",
        "Phases describe the testing of drugs; many studies, such as those of devices, surgery "
        "or daily habits, have none, and that says nothing about how safe they are.",
    )
    EARLY_PHASE1 = (
        "EARLY_PHASE1",
        "Early Phase 1",
        "Usually a first look at what a drug does in the body, in a few people who get very "
        "little of it; it isn't meant to treat them.",
    )
    PHASE1 = (
        "PHASE1",
        "Phase 1",
        "Usually one of the first tests in people: a small, closely watched group helps to find "
        "a safe dose and learn the side effects, and whether it helps is not yet known.",
    )
    PHASE2 = (
        "PHASE2",
        "Phase 2",
        "Usually asks whether the treatment helps people with a certain illness, while the team "
        "keeps a close watch for side effects.",
    )
    PHASE3 = (
        "PHASE3",
        "Phase 3",
        "Usually tries in many people a treatment that looked promising in smaller studies, often "
        "beside the usual care or a placebo, to learn whether it does more good than harm.",
    )
    PHASE4 = (
        "PHASE4",
        "Phase 4",
        "Usually follows the everyday use of a treatment that doctors may already prescribe, to "
        "find rare or late side effects and the best way to give it.",
    )


class DesignAllocation(Vocabulary):
    """`designInfo.allocation`."""

    RANDOMIZED = (
        "RANDOMIZED",
        "Randomized",
        "Chance decides who goes into which group; nobody can choose.",
    )
    NON_RANDOMIZED = (
        "NON_RANDOMIZED",
        "Non-Randomized",
        "Something other than chance, such as a doctor's judgment, decides who goes where.",
    )
    NA = "NA", "N/A", "There is only one group, so there is nothing to divide."


class InterventionalAssignment(Vocabulary):
    """`designInfo.interventionModel`."""

    SINGLE_GROUP = (
        "SINGLE_GROUP",
        "Single Group Assignment",
        "Everyone is in the same group and follows the same plan.",
    )
    PARALLEL = (
        "PARALLEL",
        "Parallel Assignment",
        "Each person stays in one group while the groups are compared side by side.",
    )
    CROSSOVER = (
        "CROSSOVER",
        "Crossover Assignment",
        "Each person gets one treatment first and switches to another later.",
    )
    FACTORIAL = (
        "FACTORIAL",
        "Factorial Assignment",
        "Treatments are tested one by one and together, so some people get more than one.",
    )
    SEQUENTIAL = (
        "SEQUENTIAL",
        "Sequential Assignment",
        "Groups start one after another; what is learned from one shapes the next.",
    )


class PrimaryPurpose(Vocabulary):
    """`designInfo.primaryPurpose`."""

    TREATMENT = "TREATMENT", "Treatment", "To find better ways to treat an illness."
    PREVENTION = "PREVENTION", "Prevention", "To keep people from falling ill."
    DIAGNOSTIC = "DIAGNOSTIC", "Diagnostic", "To find better ways to tell what illness someone has."
    ECT = (
        "ECT",
        "Educational/Counseling/Training",
        "To learn whether teaching, advice or practice helps.",
    )
    SUPPORTIVE_CARE = (
        "SUPPORTIVE_CARE",
        "Supportive Care",
        "To help people feel and cope better, rather than to cure the illness itself.",
    )
    SCREENING = (
        "SCREENING",
        "Screening",
        "To find an illness, or a risk of it, in people who don't know they have it.",
    )
    HEALTH_SERVICES_RESEARCH = (
        "HEALTH_SERVICES_RESEARCH",
        "Health Services Research",
        "To learn how care is best organized, delivered or paid for.",
    )
    BASIC_SCIENCE = (
        "BASIC_SCIENCE",
        "Basic Science",
        "To understand how the body or a treatment works; it may not help those who take part.",
    )
    DEVICE_FEASIBILITY = (
        "DEVICE_FEASIBILITY",
        "Device Feasibility",
        "To see in a few people whether a new device works as it should.",
    )
    OTHER = "OTHER", "Other"


class DesignMasking(Vocabulary):
    """`designInfo.maskingInfo.masking`."""

    NONE = "NONE", "None (Open Label)", "Everyone knows who gets which treatment."
    SINGLE = (
        "SINGLE",
        "Single",
        "One side isn't told who gets which treatment.",
    )
    DOUBLE = (
        "DOUBLE",
        "Double",
        "Two sides aren't told who gets which treatment.",
    )
    TRIPLE = (
        "TRIPLE",
        "Triple",
        "Three sides, of those taking part, those caring for them, the researchers and those "
        "judging the results, aren't told who gets which treatment.",
    )
    QUADRUPLE = (
        "QUADRUPLE",
        "Quadruple",
        "Those taking part, those caring for them, the researchers and those judging the "
        "results all aren't told who gets which treatment.",
    )


class WhoMasked(Vocabulary):
    """`designInfo.maskingInfo.whoMasked`."""

    PARTICIPANT = "PARTICIPANT", "Participant", "Those who take part."
    CARE_PROVIDER = "CARE_PROVIDER", "Care Provider", "The doctors and nurses who look after them."
    INVESTIGATOR = "INVESTIGATOR", "Investigator", "The researchers who run the study."
    OUTCOMES_ASSESSOR = (
        "OUTCOMES_ASSESSOR",
        "Outcomes Assessor",
        "Whoever measures or judges how people are doing.",
    )


class ObservationalModel(Vocabulary):
    """`designInfo.observationalModel`."""

    COHORT = (
        "COHORT",
        "Cohort",
        "Follows a group of people who have something in common to see how they fare.",
    )
    CASE_CONTROL = (
        "CASE_CONTROL",
        "Case-Control",
        "Compares people who have an illness or trait with similar people who don't.",
    )
    CASE_ONLY = (
        "CASE_ONLY",
        "Case-Only",
        "Looks only at people who have a certain illness or trait, with no one to compare to.",
    )
    CASE_CROSSOVER = (
        "CASE_CROSSOVER",
        "Case-Crossover",
        "Compares the time just before people fell ill with an earlier time in the same people.",
    )
    ECOLOGIC_OR_COMMUNITY = (
        "ECOLOGIC_OR_COMMUNITY",
        "Ecologic or Community",
        "Compares whole places or communities rather than single people.",
    )
    FAMILY_BASED = "FAMILY_BASED", "Family-Based", "Studies relatives, such as twins, together."
    DEFINED_POPULATION = "DEFINED_POPULATION", "Defined Population"
    NATURAL_HISTORY = (
        "NATURAL_HISTORY",
        "Natural History",
        "Watches how an illness unfolds over time.",
    )
    OTHER = "OTHER", "Other"


class DesignTimePerspective(Vocabulary):
    """`designInfo.timePerspective`."""

    RETROSPECTIVE = (
        "RETROSPECTIVE",
        "Retrospective",
        "Mostly uses what was already on file, such as medical records.",
    )
    PROSPECTIVE = (
        "PROSPECTIVE",
        "Prospective",
        "Mostly gathers new information from the time people join.",
    )
    CROSS_SECTIONAL = (
        "CROSS_SECTIONAL",
        "Cross-Sectional",
        "Takes a snapshot: each person is looked at once.",
    )
    OTHER = "OTHER", "Other"


class BioSpecRetention(Vocabulary):
    """`bioSpec.retention`."""

    NONE_RETAINED = "NONE_RETAINED", "None Retained", "No blood, tissue or other samples are kept."
    SAMPLES_WITH_DNA = (
        "SAMPLES_WITH_DNA",
        "Samples With DNA",
        "Samples are kept, and genes could be read from them.",
    )
    SAMPLES_WITHOUT_DNA = (
        "SAMPLES_WITHOUT_DNA",
        "Samples Without DNA",
        "Samples are kept, but genes can't be read from them.",
    )


class ArmGroupType(Vocabulary):
    """`armGroups.type`."""

    EXPERIMENTAL = "EXPERIMENTAL", "Experimental", "This group gets what the study is testing."
    ACTIVE_COMPARATOR = (
        "ACTIVE_COMPARATOR",
        "Active Comparator",
        "This group gets an active treatment, not a pretend one, for comparison.",
    )
    PLACEBO_COMPARATOR = (
        "PLACEBO_COMPARATOR",
        "Placebo Comparator",
        "This group gets a look-alike with no active ingredient, for comparison.",
    )
    SHAM_COMPARATOR = (
        "SHAM_COMPARATOR",
        "Sham Comparator",
        "This group gets a pretend treatment that only seems real, for comparison.",
    )
    NO_INTERVENTION = (
        "NO_INTERVENTION",
        "No Intervention",
        "This group doesn't get what the study is testing, for comparison.",
    )
    OTHER = "OTHER", "Other"


class InterventionType(Vocabulary):
    """`interventions.type`."""

    DRUG = "DRUG", "Drug", "Given as a medicine."
    DEVICE = "DEVICE", "Device", "Used as a medical device."
    BIOLOGICAL = (
        "BIOLOGICAL",
        "Biological",
        "Given as a product made from living things, such as a vaccine.",
    )
    PROCEDURE = (
        "PROCEDURE",
        "Procedure",
        "An operation, or something else that is done to the body.",
    )
    RADIATION = "RADIATION", "Radiation", "A treatment with rays."
    BEHAVIORAL = "BEHAVIORAL", "Behavioral", "Talking, training or a change in daily habits."
    GENETIC = "GENETIC", "Genetic", "A treatment that works with genes or stem cells."
    DIETARY_SUPPLEMENT = (
        "DIETARY_SUPPLEMENT",
        "Dietary Supplement",
        "Something added to the food, such as a vitamin.",
    )
    COMBINATION_PRODUCT = (
        "COMBINATION_PRODUCT",
        "Combination Product",
        "Two kinds of product in one, such as a device that releases a drug.",
    )
    DIAGNOSTIC_TEST = (
        "DIAGNOSTIC_TEST",
        "Diagnostic Test",
        "A test to find out what is wrong, such as a scan or a blood test.",
    )
    OTHER = "OTHER", "Other"


# Who can take part


class Sex(Vocabulary):
    """`sex`."""

    ALL = "ALL", "All", "Sex doesn't decide who can take part."
    FEMALE = "FEMALE", "Female", "Women or girls only."
    MALE = "MALE", "Male", "Men or boys only."


class StandardAge(Vocabulary):
    """`stdAges`."""

    CHILD = "CHILD", "Child", "Under 18 years old."
    ADULT = "ADULT", "Adult", "From 18 to 64 years old."
    OLDER_ADULT = "OLDER_ADULT", "Older Adult", "At least 65 years old."


class SamplingMethod(Vocabulary):
    """`samplingMethod`."""

    PROBABILITY_SAMPLE = (
        "PROBABILITY_SAMPLE",
        "Probability Sample",
        "Chance picks who is asked to take part.",
    )
    NON_PROBABILITY_SAMPLE = (
        "NON_PROBABILITY_SAMPLE",
        "Non-Probability Sample",
        "People are asked for other reasons than chance, such as coming to a certain clinic.",
    )


# Who is behind the study


class AgencyClass(Vocabulary):
    """`leadSponsor.class`, `collaborators.class`, `organization.class`.

    The labels are ours: the registry publishes only the codes.
    """

    NIH = (
        "NIH",
        "NIH",
        "The National Institutes of Health, the main U.S. agency for medical research.",
    )
    FED = "FED", "U.S. federal agency", "An agency of the U.S. government other than the NIH."
    OTHER_GOV = "OTHER_GOV", "Other government", "A government that isn't the U.S. federal one."
    INDIV = "INDIV", "Individual", "A single person."
    INDUSTRY = "INDUSTRY", "Industry", "A company, such as one that makes drugs or devices."
    NETWORK = "NETWORK", "Network", "Several centers that do research together."
    AMBIG = "AMBIG", "Ambiguous"
    OTHER = "OTHER", "Other", "Often a university, a hospital or a charity."
    UNKNOWN = "UNKNOWN", "Unknown"


class ResponsiblePartyType(Vocabulary):
    """`responsibleParty.type`."""

    SPONSOR = "SPONSOR", "Sponsor", "The sponsor answers for the study itself."
    PRINCIPAL_INVESTIGATOR = (
        "PRINCIPAL_INVESTIGATOR",
        "Principal Investigator",
        "The lead researcher answers for the study on the sponsor's behalf.",
    )
    SPONSOR_INVESTIGATOR = (
        "SPONSOR_INVESTIGATOR",
        "Sponsor-Investigator",
        "The researcher who set up the study also runs it and answers for it.",
    )


class OfficialRole(Vocabulary):
    """`overallOfficials.role`."""

    STUDY_CHAIR = "STUDY_CHAIR", "Study Chair"
    STUDY_DIRECTOR = "STUDY_DIRECTOR", "Study Director"
    PRINCIPAL_INVESTIGATOR = "PRINCIPAL_INVESTIGATOR", "Principal Investigator"
    SUB_INVESTIGATOR = "SUB_INVESTIGATOR", "Sub-Investigator"


class ContactRole(Vocabulary):
    """`centralContacts.role`, `locations.contacts.role`.

    PRIMARY and BACKUP are ours, for sources that tell the two apart; they are exported as CONTACT.
    Those after them are what ISRCTN and EU CTIS call a contact, of whom one may be several: a code
    for each, since nothing else here has more than one role.
    """

    STUDY_CHAIR = "STUDY_CHAIR", "Study Chair"
    STUDY_DIRECTOR = "STUDY_DIRECTOR", "Study Director"
    PRINCIPAL_INVESTIGATOR = "PRINCIPAL_INVESTIGATOR", "Principal Investigator"
    SUB_INVESTIGATOR = "SUB_INVESTIGATOR", "Sub-Investigator"
    CONTACT = "CONTACT", "Contact"
    PRIMARY = "PRIMARY", "Primary contact"
    BACKUP = "BACKUP", "Backup contact"
    PUBLIC = "PUBLIC", "Public contact"
    SCIENTIFIC = "SCIENTIFIC", "Scientific contact"
    PUBLIC_SCIENTIFIC = "PUBLIC_SCIENTIFIC", "Public, Scientific contact"
    PUBLIC_PRINCIPAL_INVESTIGATOR = (
        "PUBLIC_PRINCIPAL_INVESTIGATOR",
        "Public contact, Principal Investigator",
    )
    SCIENTIFIC_PRINCIPAL_INVESTIGATOR = (
        "SCIENTIFIC_PRINCIPAL_INVESTIGATOR",
        "Scientific contact, Principal Investigator",
    )
    PUBLIC_SCIENTIFIC_PRINCIPAL_INVESTIGATOR = (
        "PUBLIC_SCIENTIFIC_PRINCIPAL_INVESTIGATOR",
        "Public, Scientific contact, Principal Investigator",
    )


# What the record points to


class ReferenceType(Vocabulary):
    """`references.type`. The registry writes these labels in lower case."""

    BACKGROUND = (
        "BACKGROUND",
        "Background",
        "Named for what was known before the study.",
    )
    RESULT = "RESULT", "Result", "Named as a report of what the study found."
    DERIVED = "DERIVED", "Derived", "PubMed names this study in the article's entry."


class OrgStudyIdType(Vocabulary):
    """`orgStudyIdInfo.type`."""

    NIH = "NIH", "U.S. NIH Grant/Contract"
    FDA = "FDA", "U.S. FDA Grant/Contract"
    VA = "VA", "U.S. VA Grant/Contract"
    CDC = "CDC", "U.S. CDC Grant/Contract"
    AHRQ = "AHRQ", "U.S. AHRQ Grant/Contract"
    SAMHSA = "SAMHSA", "U.S. SAMHSA Grant/Contract"


class SecondaryIdType(Vocabulary):
    """`secondaryIdInfos.type`."""

    NIH = "NIH", "U.S. NIH Grant/Contract"
    FDA = "FDA", "U.S. FDA Grant/Contract"
    VA = "VA", "U.S. VA Grant/Contract"
    CDC = "CDC", "U.S. CDC Grant/Contract"
    AHRQ = "AHRQ", "U.S. AHRQ Grant/Contract"
    SAMHSA = "SAMHSA", "U.S. SAMHSA Grant/Contract"
    OTHER_GRANT = "OTHER_GRANT", "Other Grant/Funding Number"
    EUDRACT_NUMBER = (
        "EUDRACT_NUMBER",
        "EudraCT Number",
        "The study's number in the older European register of drug trials.",
    )
    CTIS = (
        "CTIS",
        "EU Trial (CTIS) Number",
        "The study's number in the present European register of drug trials.",
    )
    REGISTRY = "REGISTRY", "Registry Identifier", "The study's number in another trial register."
    OTHER = "OTHER", "Other Identifier"


class IpdSharing(Vocabulary):
    """`ipdSharingStatement.ipdSharing`."""

    YES = (
        "YES",
        "Yes",
        "The team planned to let other researchers use the data of each person who took part.",
    )
    NO = "NO", "No", "The team didn't plan to pass on the data of each person who took part."
    UNDECIDED = "UNDECIDED", "Undecided", "The team hadn't made up its mind when this was recorded."


class IpdSharingInfoType(Vocabulary):
    """`ipdSharingStatement.infoTypes`."""

    STUDY_PROTOCOL = "STUDY_PROTOCOL", "Study Protocol", "The full plan of the study."
    SAP = "SAP", "Statistical Analysis Plan (SAP)", "The plan for working out the results."
    ICF = "ICF", "Informed Consent Form (ICF)", "What people read and sign before they take part."
    CSR = "CSR", "Clinical Study Report (CSR)", "The full report written after the study."
    ANALYTIC_CODE = (
        "ANALYTIC_CODE",
        "Analytic Code",
        "The computer programs that worked out the results.",
    )
