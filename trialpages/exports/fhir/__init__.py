"""A trial as a ResearchStudy of HL7 FHIR R5 (5.0.0), for other programs in health care.

Codes come from R5's own code systems and only where they mean what the registry means; otherwise
the registry's label stands as `text`. What ResearchStudy has no element for is left out: the
statement on sharing data, masking and model descriptions, posted results, MeSH terms, derived age
groups, remarks of the registry, an enrollment not said to be planned or actual.
"""
