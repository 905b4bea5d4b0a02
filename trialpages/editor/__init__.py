"""While you write: a site's folder, a starter file, the preview.

own_site     the folder of a new site, from beginnings/ and this repository's own
eject        a shipped template to be changed
scaffold     the starter file
field_table  content/README.md
watch        one turn after each save
ahead        a saved trial's page, before the site is built again
server       the preview, on this machine alone; preview.js, preview.css
"""
