"""The command for people: which peildata, one run at a time, Snakemake inside, and a line per step in Dutch.

`checking` holds all settings against each other, `choice` says which peildata, `process` keeps two runs apart and
stops one, `workflow` drives Snakemake, `wiring` is what the rules call, `session` is the command.
What does not belong here: what a step does (see `wi2007.steps`).
"""
