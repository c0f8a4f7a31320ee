"""Releases after each other, and somebody who has them all: what can be told of persons, changed or not.

    people -> views -> release -> chances -> attack -> guesses -> trials, joint -> page
                                                               -> series, unchanged -> series_page
                       release -> corrections

Nothing here is used by the program. What does not belong here: how counts are protected (`wi2007.protection`).
"""
