"""The folder of the site's content, as the disk has it: what lies there, read and written.

reading       everything a site is made from: the small files read, the trials by name
listing       what lies in a folder, by name; strays.py: files that nothing is made of
content_file  one file, as it was at one moment
accepting     what a build takes of a trial's file; `import` asks it before it writes
trial_folder  a trial's files as an update finds them
writing       the files of one trial, all written or none
apart         that a site doesn't lie in what it is made from
"""
