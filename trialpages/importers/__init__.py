"""Other forms of a trial record, turned into a Trial.

sources        files, gzip, zip, folders: one record at a time
found          a record, or the problem in its place
json_records   JSON, pages of the API, arrays, NDJSON; peeked.py: streams of no known size
source         what a form of record offers: recognising, reading, its registry's name
known_sources  the forms there are, one entry each; installed: those of other packages
archives       zip, whatever it holds; damage.py: why one isn't read; other_kinds.py: what holds no
               records
answer_pages   whether all pages of an answer are there
registry_json  a registry record
isrctn         a record of ISRCTN: xml_records.py takes a document apart, leaves.py keeps what no
               field takes, isrctn_design.py, isrctn_people.py and isrctn_papers.py read its parts,
               isrctn_words.py has the words that mean ours; plain_lines.py: text as CommonMark
ictrp          a trial as the WHO's ICTRP passes it on, of whichever registry, in the same way:
               ictrp_texts.py, ictrp_words.py
ctis           a record of EU CTIS, in the same way: ctis_design.py, ctis_people.py, ctis_words.py
criteria_fields  eligibility criteria of those that have a field for each kind
euctr          the old EU register's forms, which aren't read: what to give in their place
json_words     why a text is no record's JSON
page_text      the text of a trial's page, every line accounted for: page_layout.py takes it apart;
               page_fields.py, page_lists.py, page_pairs.py, page_people.py, cities.py,
               criteria_text.py and escape.py read its sections
update         a newer record meets an edited file: a merge field by field, each in
               update_fields.py, with the conflicts that come of it (update_conflicts.py,
               conflict.py); update_joined.py, update_order.py, update_parts.py: lists, entry by
               entry and part by part; update_twins.py: what both sides added; held.py,
               update_lists.py: what of them waits; update_asked.py: what is asked of it;
               criteria_merge.py; update_decided.py: what is told of them once somebody decided;
               update_earlier.py: what is kept for the next one
coverage       what a source can speak of at all; page_coverage.py: the text of a page
rewriting      the file made anew, its editor's remarks in their places
"""
