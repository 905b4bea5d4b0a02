"""What `check` checks.

content   the content files: identifiers, freshness, front_lines, overtaken,
          contacts, own_links, our_sites, pictures, positions, reading_grade,
          repeated
site      the built pages: page, links, reach, versions, markup, accessibility
taken_over  copies of templates and styles that are shipped otherwise by now
external  web links, only when asked for
"""
