"""Templates and theme: views become the bytes of pages.

look             what all pages of a site have in common
templates        the one user of Jinja2
making           the same with what an earlier build compiled
flat_generator   templates compiled so that they read fields as Python does
flat_templates   includes and macros put in their places before compiling, template_trees.py
theme            the theme's files by their digests; what a template pulls in
slim_scripts     its scripts without their remarks
appearance       the style sheet of an editor's colours
languages        what pages say of the site's other languages
navigation       what header and footer lead to
"""
