"""What a trial is: the model, its vocabulary and the content file."""
