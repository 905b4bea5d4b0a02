"""What one build leaves to the next: it only ever saves time.

cache          what the last build knew, believed by its digest
record_store   parsed trials on disk, in a few packs, so that none stays in memory
compiled       compiled templates
ownership      what another user may have left there is thrown away
lock           one build at a time; a lock that a killed build left holds nobody up
"""
