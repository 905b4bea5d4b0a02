"""Registries over the network: the only room that knows it. A build asks nothing of it.

client       polite requests: who asks, how often, how long one waits
deadline     that a request ends, whatever is sent
connection   what a request comes to that got no answer at all
troubles     what can come in place of an answer, and what a person can do about it
door         what a registry offers, and the values that pass through
ctgov        ClinicalTrials.gov, API v2; ctgov_answers.py: a page of its studies
ctgov_words  its ids, addresses and questions, as people write and copy them
isrctn       ISRCTN, its query interface; isrctn_answers.py: an answer taken apart
ctis         EU CTIS, the interface of its public portal
interface    where an interface is, and what is said of an answer of another shape
known_registries
             the registries there are: another one is a module and an entry there
installed    those of installed packages
"""
