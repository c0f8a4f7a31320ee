"""Controlled rounding of every count that tables can show, jointly over all linked tables, and the audit of it.

    cube, specification -> cells -> relations -> rounding -> audit  (both solve a program)

Nothing here draws at random: the draw comes from a key, so that the same release always rounds the same.
What does not belong here: how a table looks (see `wi2007.tables`), files.
"""
