"""What a visitor sees: prose, views, figures, pages and exports. Knows no disk and no clock.

prose            CommonMark -> HTML, the one place; criteria with their own numbers
plain_markdown   the quick way for paragraphs, lists and escapes
nesting          texts too deep to show, found where they are read
history          what changed in a record, in the page's words
derived          what is counted or compared: ages, countries, contact, arms
views, sections  what a template sees of a page; which sections it has
days             partial dates as spans of days
freshness        what a record's own dates say against its status
figures/         geometry of ages, timeline, arms and map; templates draw it
facts            the few facts of a trial that lists and likeness are made from
page             a page before it is made
catalogue        which pages there are
terms, spelling  conditions, countries …: when two spellings are one term
lists, feeds     lists of trials, indexes of terms, home; a feed each
likeness         the trials most alike, and why; related.py shows them
redirects        pages at former addresses
editorial        the site's own pages
navigation       what header and footer lead to
appearance       the style sheet of an editor's colours
outline          the sitemap
theme            the theme's files by their digests; what a template pulls in
digests          the one kind of digest
render           the one user of Jinja2
flat_generator   templates compiled so that they read fields as Python does
flat_templates   includes and macros put in their places before compiling, template_trees.py
language         words, dates, numbers and plural forms
results/         the page of posted results, a module per section; tables.py
exports          the record for other programs; plain_values.py is what they share
linked_data      the trial in schema.org's terms (JSON-LD), schema_org.py their types
citations        how to cite it: RIS, BibTeX
fhir/            the trial as a ResearchStudy of FHIR R5, types.py its types
"""
