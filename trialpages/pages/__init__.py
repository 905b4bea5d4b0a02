"""Pages before they are made, whatever they show.

parts       a part of the site: its path, its view, the digest of all it is made from
own_pages   the pages every site has
own_templates  the template that an editor's page asks for
editorial   the pages an editor wrote; placed_pictures.py looks at their pictures
curated     the lists an editor chose
in_languages  both in the site's other languages
"""
