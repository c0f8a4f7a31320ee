"""What moved between two sets of published tables: of two peildata, or of one before and after a change.

`release` is one set of tables, `compare` the figures that differ, `fitness` whether two sets may be compared, `parts`
into what the change of one group splits, `municipalities` why a row has gone; `account` puts them into words, `layout`
on paper.
Everything is made of published figures. What does not belong here: files (`wi2007.run.difference`), exact counts.
"""
