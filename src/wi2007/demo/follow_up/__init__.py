"""The follow-up delivery: the persons of the demonstration at a later peildatum.

    the first delivery -> gone -> statuses -> places -> corrections -> nationalities -> new -> details -> text

Each stage changes some columns of a copy of the first delivery and leaves the others alone, so that the two files show
what happened; `details` adds columns that the first one does not have. How many of what is in
`config/demo_vervolg.yaml`.
What does not belong here: how the first delivery comes about (the rest of `wi2007.demo`).
"""
