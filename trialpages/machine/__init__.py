"""What a run asks of the machine under it, and what that may refuse or end.

environment   makes .venv before any dependency is there
stopping      what Ctrl-C does, from the first line on
said          what the command says goes nowhere once nobody reads it
shortage      what a machine lacks, by how a run failed
progress      how far a long run is
workers       many pieces of work on all cores, in one order
threads       waiting for several things at once
disk          what everybody asks of the disk; disk_words.py: what it refused
file_kinds    what lies there and is no file
installed     what other packages on it add by entry points

Those that the command begins with (environment, stopping, said, shortage) know the standard library
alone: they run before any other is there.
"""
