"""Putting the built site in place, all of it or nothing."""
