"""While you write: a starter file, the preview, the web form."""
