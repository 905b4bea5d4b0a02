"""The codes of `import_notes`: what the program can do with a note follows from its code."""

CONFLICT = "conflict"
"""Of the note that keeps a field open which its editor and its registry have both changed."""

GONE = "gone"
"""Of the note that a trial's registry has it no more."""

CUT = "cut-record"
"""Of the note that a trial's file was made of a part of its record, and `sync` is to bring all."""

WORKED_OUT = "worked-out"
"""Of the note that a value follows from others, which an importer reads as its registry does."""

PARTIAL_FORM = "partial-form"
"""Of the note that a form of the record came that leaves parts of it out, such as which version it
is."""

IMPORTERS_CODES = frozenset(
    (
        *("unknown-field", "unfit-value", "empty-section", "unplaced", "duplicate", "escaped"),
        *("flattened-superscript", "missing-item", "ambiguous-number", "ambiguous-arm"),
        *("ambiguous-contact", "ambiguous-intervention", "ambiguous-place", "not-in-source"),
        *(WORKED_OUT, PARTIAL_FORM),
    )
)
"""Of the notes that importers make, each time anew."""

NOTE_CODES = IMPORTERS_CODES | {CONFLICT, CUT, GONE}
