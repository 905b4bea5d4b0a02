"""The web form: an editor for the trials under /admin/, made from the model, if asked for."""
