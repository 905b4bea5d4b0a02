"""The fixed lists of values of fields that are ours and not the registry's."""

from trialpages.records.vocabulary import Vocabulary


class OwnVocabulary(Vocabulary):
    """A list of ours. Its labels are for who edits files; pages say it in the theme's words."""


class ChangeKind(OwnVocabulary):
    """`history.kind`: what happened to an entry of a list, or a passage of a text, as a whole."""

    ADDED = "ADDED", "Added", "It wasn't there before."
    REMOVED = "REMOVED", "Removed", "It is there no more."
