"""Measure how fast the group still obliged shrinks: outflow by route and period, and when the group is negligible.

    uitstroom.parquet -> cells -> (the gate rounds them) -> rates -> by_age
    points of (peildatum, count) -> paces -> line, constant

Pure functions over small tables. `cells` are exact; everything after it takes counts as the gate shows them. What
does not belong here: rounding (see `disclosure`), words for a reader, what became of each person between two
deliveries.
"""
