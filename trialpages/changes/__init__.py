"""What differs between two versions of a record, told as a reader would tell it.

compare    everything that a newer version says otherwise: the way in
extra      what the model has no field for, value by value
fields     what stands where in a record, told by its path
entries    which entries of two lists are the same thing; identities.py: by what each list's are
           known; entry_names.py: what a reader calls them
renamings  what an entry was called before
steps      what several versions changed, one after the other, of what waits
passages   two versions of a text, sentence by sentence, criterion by criterion
differing_words  two long texts by the words in which they differ
posted_results  which outcome, event and number of the results
alignment  what two sequences have in common, for an effort that grows as they do
topics     what a change is about, in the order in which a reader must know
summary    a trial's changes in a line, stops and closures first; sites.py: its places
plain      a change in plain words, where no page's words are at hand
corrections  what a trial's file says otherwise than its registry; held_entries.py: in what waits;
           of_the_model.py: whether that can be
former     what the registry had where it has nothing now, and what of that is an editor's
history    when a version is from, and how much of it the trial's file keeps
"""
