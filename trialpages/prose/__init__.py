"""A record's CommonMark as markup of a page: the one place where it becomes HTML.

markup              CommonMark -> HTML
own_links           an editor's links to other files of content/
editors_tokens      those, an editor's pictures and tables, made fit for the page
blanks              blanks in a row, of which a page shows one
blocks              what a text is made of, as values, and the HTML they make
plain_markdown      the quick way into them; parsed_blocks.py the one through markdown-it-py
criteria            eligibility criteria in groups, put together
criteria_leaves     their blocks as leaves, each with its list items; criteria_cuts.py cuts those
criteria_places     where a leaf stands among the others
criteria_levels     criteria that Markdown puts one level too deep, and a number left before one
criteria_scope      whom they are for: parts of the study, groups of people
criteria_titles     the lines among them that say so
criteria_numbers    criteria that one paragraph numbers, each as an item
remarks             lines among criteria that nobody ticks
sub_items           sub-items of one paragraph, each on a line
criteria_strangers  lines that may be headings, and no form knows
criteria_item_heads items that look like headings of those behind them
criteria_headings   the one table of what a heading looks like: criteria_keys.py has its words,
                    criteria_marks.py finds them, criteria_sentences.py what sentences say
criteria_edges      where one begins behind a criterion on its line, and what is no sure one there
criteria_contraries lines that decide the contrary of their group, by the tables of
                    criteria_contrary_forms.py and criteria_refusal_forms.py;
                    criteria_exceptions.py: exclusions that go on with whom they let in
veiled              words about criteria that only people can read
grammar             what of CommonMark a record may use, and an editor
plain_values        texts without markup, for forms that hold none
excess              texts that cost too much or nest too deep, found where they are read
"""
