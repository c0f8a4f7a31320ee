"""Report what moved between two sets of published tables: of two peildata, or of one before and after a change.

`release` is one set of tables, `compare` finds the figures that differ, `fitness` decides whether two sets may be
compared, `parts` splits the change of one group, `municipalities` explains a missing row; `account` words them and
`layout` writes them as text or Markdown. Everything is made of published figures. What does not belong here: files
(`wi2007.run.difference`), exact counts.
"""
