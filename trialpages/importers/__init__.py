"""Other forms of a trial record, turned into a Trial."""
