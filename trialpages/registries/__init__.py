"""Registries over the network: the only room that knows it. A build asks nothing of it.

client       polite requests: who asks, how often, how long one waits
deadline     that a request ends, whatever is sent
connection   what a request comes to that got no answer at all
troubles     what can come in place of an answer, and what a person can do about it
door         what a registry offers, and the values that pass through
ctgov        ClinicalTrials.gov, API v2; ctgov_answers.py: a page of its studies
ctgov_words  its ids, addresses and questions, as people write and copy them
known_registries
             the registries there are: another one is a module and an entry there
installed    those of installed packages
"""
