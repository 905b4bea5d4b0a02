"""What an editor sets for the whole site.

site_file      content/site.yaml
queries_file   content/queries.yaml: what to keep current
colours        colours an editor may choose, and their contrast
pictures       pictures that do more than draw; picture_styles.py: what their styles may hold,
               picture_copies.py: how much a browser draws of them
"""
