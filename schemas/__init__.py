"""The contracts: what a delivery, a persons file, a cube, a table and a configuration must look like.

What does not belong here: computing, opening files, and the words for a reader.
"""
