"""Opening a delivery: what kind of file it is, the names of its fields, and its rows as a stream of numbered blocks.

Every kind of file becomes a `source.Source`; `opening` says which. What does not belong here: which field is which of
our columns (`mapping`), whether a value is right (`validation`), or what it means (`population`).
"""
