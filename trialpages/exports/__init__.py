"""A trial's record for other programs.

forms       every form there is: the files beside a trial's page
citations   how to cite it: RIS, BibTeX
table       all trials in one: trials.csv, datapackage.json
fhir/       the trial as a ResearchStudy of FHIR R5, types.py its types
"""
