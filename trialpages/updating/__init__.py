"""A record that comes, over the trial that is here.

newer          a newer version of a record, merged into the trial
older          an older one is refused
remarks_told   which remarks of the editor's may not hold any more
settling       what a person has decided in the file since the last run
renumbering    one page for a trial whose registry gave it another number
telling        what changed, in words for the editor
arrivals       what became of the records that came
"""
