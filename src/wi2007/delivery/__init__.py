"""Open a delivery: its kind of file, the names of its fields, and its rows as a stream of numbered blocks.

Every kind of file becomes a `source.Source`; `opening` chooses the reader. What does not belong here: which field is
which of our columns (`mapping`), whether a value is right (`validation`), or what it means (`population`).
"""
