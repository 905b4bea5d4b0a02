"""What an editor sets for the whole site.

site_file   content/site.yaml
read        its settings, and whether content/ has what it names
colours     colours an editor may choose, and their contrast
pictures    pictures that do more than draw
"""
