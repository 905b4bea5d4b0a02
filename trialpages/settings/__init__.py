"""What an editor sets for the whole site.

site_file   content/site.yaml
colours     colours an editor may choose, and their contrast
pictures    pictures that do more than draw
"""
