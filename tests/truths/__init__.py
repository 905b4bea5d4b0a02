"""Truths: what must hold of a whole built site, asked of the built files.

Each truth is one function over a site (`site.py`), with mutations that it has to notice
(`register.py`). The test command asks all of them of a small site of odd records; `make truths`
of every record of a folder, and writes docs/truths.md.
"""
