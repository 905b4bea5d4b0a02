"""What differs between two versions of a record, told as a reader would tell it.

topics     what a change is about, in the order in which a reader must know
"""
