"""The follow-up delivery: the persons of the demonstration at a later peildatum.

    the first delivery -> gone -> statuses -> places -> corrections -> new -> text

Each stage changes some columns of a copy of the first delivery and leaves the others alone, so that what happened can
be told from the two files. How many of what is in `config/demo_vervolg.yaml`.
What does not belong here: how the first delivery comes about (the rest of `wi2007.demo`).
"""
