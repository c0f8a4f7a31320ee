"""Two releases after each other, and somebody who has both: what can be told of who came or left in between.

    people -> views -> attack -> trials -> joint -> page

Nothing here is used by the program. What does not belong here: how counts are protected (`wi2007.protection`).
"""
