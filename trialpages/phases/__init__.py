"""The phases of a build between its two ends, as build.py tells them: values become values.

parsing     a trial's file, on any core: what the site has to know of it
as_it_came  what a record said when it came, where an editor has changed the trial since
checking    all content together: what is published, or every problem at once
around      what lies around the trials: settings, pictures, files nobody reads
planning    every part of the site, and the key of all it is made from
plan        the same as values; what of it is to be made again, and why
catalogue   which pages trials and lists give
rendering   a part of the site, on any core: its files go into the stage
indexing    the search index, where the text it knows has changed

The first phase is content/reading.py, the last is publish/.
"""
