"""What content is written in, before it means anything: names, bytes, YAML, signs, addresses.

files             a content file by name, a parsed trial by its place
file_text         a file's bytes as text, as front matter and body
front_matter      YAML as text only, from libyaml's events; written_yaml.py: its stable form
block_yaml        the stable form of YAML, read quickly
yaml_words        why a text is no YAML, as an editor would say it
remarks           an editor's `# remarks`, and where they stand
meant             what somebody who misspelt a name may have meant
spelling          when two spellings are one term
commonmark        the one CommonMark parser, and what is too much for it
pictures_in_text  pictures where none is placed
weblinks          where else a page may lead; hosts.py: names that pass for another's
bidi              signs that turn a text's direction; unseen_signs.py: those that nobody sees
"""
