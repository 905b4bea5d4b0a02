"""What `fetch` and `sync` know: what is wished for, what is here, what a registry lists, and what
is to be done of that. `trialpages.syncing` tells the story.

wishes    content/queries.yaml, in the terms of the registries
here      the trials in content/, as far as it takes to see what is newer elsewhere
broken    those of them that can't be read
answers   which trials each query found the last time
scope     all of that which concerns one registry
to_do     what is to be fetched, what is gone, merged, joined, left; pure
prospect  the same for one registry, and what came of it
taking    records fetched and put into content/, as they come
unanswered a query or a number that a registry can make nothing of
changing  a trial of content/ by name, made a draft
conflicts what waits for a person to decide, and what was decided
parted    of a conflict what has to be decided, with what the file says there
news      what was put into trials and no report has told yet
mended    what an earlier run told of a file, and a person has mended since
memory    what the last run was sure of, so that the next may end after one request
findings  what a run found and did, as values
report    what a person reviews; report_waiting.py, report_decisions.py and report_changes.py: its
          great chapters; report_words.py: its pieces; markdown.py: words of records in it; site.py:
          where the page is
"""
