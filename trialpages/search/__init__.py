"""Finding: the search index, over http and over file://."""
