"""While you write: a starter file, the preview.

scaffold     the starter file
field_table  content/README.md
watch        one turn after each save
ahead        a saved trial's page, before the site is built again
server       the preview, on this machine alone; preview.js, preview.css
"""
