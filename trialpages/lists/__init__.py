"""The pages that lead to trials, made from facts alone.

terms       conditions, countries …: a kind of list, and when two spellings are one term
lists       lists of trials, home
indexes     indexes of terms
beside      the lists that a list leads to: areas of medicine, headings, conditions
feeds       a feed for each list
redirects   pages at former addresses
overview    the trials in figures
packs       trials in packs, for the shortlist and for lists as files
outline     the sitemap
"""
