"""The gate: the only wing that sees both what is exact and what is published. Controlled rounding, and its audit.

    exact counts -> cells -> rounding -> audit -> counts that may be published

`gate` protects the tables with the outflow, `change` what changed between two peildata, `variants` what other readings
of the choices count otherwise. All three round, audit and draw again until it is safe (`audit.safely`), and take groups
together until none stands out (`groups.settle`). Nothing here draws at random: the draw comes from a key, so that the
same release always rounds the same. What does not belong here: how a table looks (see `wi2007.tables`), files.
"""
