"""Bytes of no sense, thrown at everything that reads what strangers wrote."""
