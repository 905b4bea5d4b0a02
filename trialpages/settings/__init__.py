"""What an editor sets for the whole site.

site_file      content/site.yaml
translations   of it, the languages of the site and its own texts in each
editions       the site in each of its languages: where it is, and its settings there
queries_file   content/queries.yaml: what to keep current
colours        colours an editor may choose, and their contrast
pictures       pictures that do more than draw; picture_styles.py: what their styles may hold,
               picture_copies.py: how much a browser draws of them
"""
