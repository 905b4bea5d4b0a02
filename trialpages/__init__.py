"""trialpages: clinical-trial records become pages that people can trust."""

__version__ = "0.1.0"
