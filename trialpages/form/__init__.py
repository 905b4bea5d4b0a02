"""The web form: an editor for the trials under /admin/, made from the model, if asked for.

fields, config          the model as fields of Sveltia CMS
trial_file.js, form.js  a file as the form's values and back, without loss
preview.js              what saving would do, beside the form; immutable.js is what that asks for
program, install        its pinned program: where it lies, how it is fetched
parts                   its page and files as parts of the site
"""
