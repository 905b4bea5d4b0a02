"""Putting the built site in place, all of it or nothing.

lock            one build at a time; a lock that a killed build left holds nobody up
stage           the next site beside the present one, and the swap
disk            what both ask of the disk: new files, links, modes, fsync, exchanging two folders
cache           what the last build knew: it only ever saves time
records         parsed trials on disk, in a few packs, so that none stays in memory
compiled        compiled templates
spare           the site before the present one, to make the next one from
bundle, size    the site as one zip; against the limit of GitHub Pages
"""
