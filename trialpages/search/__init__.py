"""Finding: the search index, over http and over file://.

documents        what the index reads: a slim page a trial, its facts behind it
trial_document   a trial as such a page; document.py: its sections
facts            what a trial is filtered and sorted by
index            the site's pagefind/, whole or with a small part for what changed
target           where it goes: for a web server, for a disk, or for both
parts            the index in parts, each kept under the digest of its pages
pagefind         runs Pagefind
naming           numbers for the hashes it names its files by
files            its files by the thousand, by name
offline          Pagefind's code and files for http and file:// alike
packing          texts in small files, against what they have in common
facets, columns  the tables beside the index
near             the tables of where places take people; towns.py: of those without a position
other_languages  the words of the site's other languages, for the one index
site_index       our own part of the index: words, texts and tables, in a folder of its own
keys             words without case, accents and differences of spelling; weights.py: their worth
word_files       the words of all trials, by the alphabet
quoted           the text of a trial as results quote it
names            names a record doesn't say: drug_names.py, slips.py, short_forms.py,
                 lay_words.py, lay_names.py, asked.py; other_things.py: what is another thing
also_called      such names told from one trial alone, for a search engine elsewhere
engine_fields    the document of a trial for such an engine, in one table; engine_settings.py: what
                 the engine has to know beside it
meanings         which of its meanings an abbreviation has in a record
"""
