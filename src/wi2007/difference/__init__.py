"""Report what moved between two sets of published tables: of two peildata, or of one before and after a change.

`compare` finds the figures that differ, `report` words them, `blocks` writes them as text or Markdown. Everything is
made of published figures. What does not belong here: files (`wi2007.run.difference`), exact counts.
"""
