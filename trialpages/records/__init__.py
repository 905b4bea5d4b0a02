"""What a trial is: the model, its vocabulary and its file. What a file is written in is in text/.

model               every field, one line each; a class per module of the registry's API
ages, dates         how old one has to be; a date written in another way than ours
vocabulary          the registry's enumerations: value, label, meaning; own_vocabulary.py ours
results             posted results, a class per module; results_file.py reads them
results_vocabulary  their enumerations
trial_file          front matter + Markdown body <-> Trial; short_forms.py: fields as one value
registry_shape      the registry's JSON <-> Trial, without loss
pointers            where in JSON something stands
registry_names      the model's fields under the registry's names
registry_numbers    what each registry is called and how it writes its numbers
registry_form       a trial as structs of those names, which msgspec encodes
explain             why a tree is no trial: every reason at once
lost_text           what a `#` behind a value takes away, and what to do about it
as_imported         what the record said when it came last, beside the trial's file
note_codes          what import_notes may be about
conflict_notes      the note that keeps a field open which editor and registry both changed
codes               codes of HTML in its texts, shown as the signs they stand for
countries           one name for each country
our_sites           an editor's own institutions, and which places are theirs
plausible           what has the right form and yet looks wrong
unfit               what can't be published, and where it stands
starter_words       what a starter file says in place of a trial's own words
field_help          what each field means: one line each
schema              the model as JSON Schema
answer_apart        the studies of a registry's answer, each as its bytes
places              from a path in a tree to line and column
joined              what may deceive where an editor makes one trial of several records
checks              what is wrong beyond the shape, and between files
"""
