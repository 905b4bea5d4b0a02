"""Putting the built site in place, all of it or nothing.

stage           the next site beside the present one, and the swap
spare           the site before the present one, to make the next one from
bundle, size    the site as one zip; against the limit of GitHub Pages
"""
