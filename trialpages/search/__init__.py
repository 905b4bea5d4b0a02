"""Finding: the search index, over http and over file://.

documents        what the index reads: a slim page a trial, its facts behind it
trial_document   a trial as such a page
facts            what a trial is filtered and sorted by
index            the site's pagefind/, whole or with a small part for what changed
parts            the index in parts, each kept under the digest of its pages
pagefind         runs Pagefind
naming           numbers for the hashes it names its files by
files            its files by the thousand, by name
offline          Pagefind's code and files for http and file:// alike
facets, columns  the tables beside the index
"""
