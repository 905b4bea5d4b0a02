"""The site's language: its words, and how it writes dates, numbers, plurals and countries.

site_language   words and forms together, as templates and views ask for them
strings         a file of words
translation     what is wrong with one, and what it leaves to English
cldr            what Unicode knows of a language
"""
