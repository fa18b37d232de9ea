"""Measures deling on planted areas of every size, and writes a page of what was found."""
