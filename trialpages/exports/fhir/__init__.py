"""A trial as a ResearchStudy of HL7 FHIR R5 (5.0.0), for other programs in health care.

Codes come from R5's own code systems and only where they mean what the registry means; otherwise
the registry's label stands as `text`. What ResearchStudy has no element for is left out: the
statement on sharing data, masking and model descriptions, posted results, MeSH terms, derived age
groups, remarks of the registry, an enrollment not said to be planned or actual.

study      the ResearchStudy itself
design     how it is built, and how it stands
people     who has to do with it; groups.py: who takes part in what
contained  what it refers to, inside it
concepts   the registry's words, with R5's code where one fits
types      the types of R5, as far as a trial fills them
"""
