"""The command for people: which peildata, one run at a time, Snakemake inside, and a line per step in Dutch.

`settings` reads `config/config.yaml`, `choice` says which peildata, `lock` keeps two runs apart, `workflow` drives
Snakemake, `progress` turns its events into lines, `wiring` is what the rules call.
What does not belong here: what a step does (see `wi2007.steps`).
"""
