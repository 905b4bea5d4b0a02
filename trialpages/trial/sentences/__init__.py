"""What the theme may say about a trial, and of which records each sentence is true.

Start at table. A sentence has a name and a condition; its words are `say_<name>` in
templates/strings/, where `t` doesn't reach. A page gets a sentence only by the name of its place:
a place lists the sentences that may stand there, and the first true one does. Where none is true,
nothing is said. What a value of the registry's means in plain words has a condition too.
Labels (`Start`, `Sponsor`) claim nothing; they are the theme's plain words.

table        every sentence by its place, and each one's condition
course       the sentences on how the study stands: dates, status, groups, results
people       those on people: who, how many, whom to ask
lacking      those on what the record lacks, and on how current it is
meanings     the registry's values, and whether what they mean fits the record
case         what the conditions look at: a record on one day
spoken       the sentences of one record in the site's language, as templates get them
"""
