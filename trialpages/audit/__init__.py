"""What `check` checks."""
