"""Other forms of a trial record, turned into a Trial.

sources        JSON, NDJSON, gzip, zip, folders: one record at a time
source         what a form of record offers: recognising, reading, its registry's name
known          the forms there are, one entry each; installed: those of other packages
archives       zip, whatever it holds; what isn't read
registry_json  a registry record
json_words     why a text is no record's JSON
page_*, criteria_text, escape
               the text of a trial's page, every line accounted for
update         a newer record meets an edited file: a merge field by field
"""
