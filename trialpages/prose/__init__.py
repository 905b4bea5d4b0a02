"""A record's CommonMark as markup of a page: the one place where it becomes HTML.

markup           CommonMark -> HTML; criteria with their own numbers
plain_markdown   the quick way for paragraphs, lists and escapes
plain_values     texts without markup, for forms that hold none
nesting          texts too deep to show, found where they are read
"""
