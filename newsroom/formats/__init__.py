"""Dates and times at the desk, where Django's own of a language are not how a European paper writes them."""
