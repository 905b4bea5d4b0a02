"""The page of posted results."""
