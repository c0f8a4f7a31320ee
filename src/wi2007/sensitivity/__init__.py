"""Sensitivity: which statements change when a choice behind the tables is read in another way.

    what a reading counts otherwise -> rounded by itself, on top of the rounded tables -> statements -> what changes

What does not belong here: the readings (`config/gevoeligheid.yaml`), counting them (`wi2007.cube.variants`), files.
"""
