"""One test a row of the list of faults (rows.py), each with the figure it reached."""
