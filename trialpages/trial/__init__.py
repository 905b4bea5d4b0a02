"""What a page shows of a trial, worked out from its record alone. Knows no disk and no clock.

derived          what is counted or compared: ages, countries, places, arms
days             partial dates as spans of days
registry         the registries there are, and which one a trial comes from
citation         the record as a work that is cited
freshness        what a record's own dates say against its status; registry_dates.py: others'
history          what changed in a record, in the page's words
leftovers        what a record holds that no field of ours can
partners         one trial in several registries: its other records here, and where they differ
own_words        what another registry says under names of its own
named_countries  those that another registry names and no place of; member_states.py: EU CTIS
corrections      what this site says otherwise than the registry, in the same words
facts            the few facts of a trial that lists and likeness are made from; reading_facts.py
likeness         the trials most alike, and why; related.py shows them
figures/         geometry of ages, timeline, arms and map; templates draw it
sections         which sections a page has; places.py: in which one a field stands
kinds            what trials are listed by, one entry each; areas.py: broad areas of medicine
summaries        an editor's summary in another of the site's languages
sentences/       what may be said of a trial, each sentence only where it is true of the record
linked_data      the trial in schema.org's terms (JSON-LD), schema_org.py their types
taking           where people are taken, by what is said of each place; towns_to_go.py for a paper
ours             which of an editor's own institutions a trial has
whom_to_call     whom a visitor should ask first
standing         a trial's status and countries in the few words of a list
views            what a template sees of a page
"""
