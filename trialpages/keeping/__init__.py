"""What `fetch` and `sync` know: what is wished for, what is here, what a registry lists, and what
is to be done of that. `trialpages.syncing` tells the story.

wishes    content/queries.yaml, in the terms of the registries
here      the trials in content/, as far as it takes to see what is newer elsewhere
answers   which trials each query found the last time
listing   what a registry lists now
plan      what is to be fetched, what is gone, merged, joined, left; pure
memory    what the last run was sure of, so that the next may end after one request
report    what a person reviews, as Markdown; pure
"""
