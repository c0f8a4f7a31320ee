"""Measure how fast the group still obliged shrinks: outflow by route and period, and when the group is negligible.

    uitstroom.parquet -> cells -> (the gate rounds them) -> rates
    points of (peildatum, count) -> pace -> band -> projection -> outlook

Pure functions over small tables: everything after `cells` takes counts as the gate shows them. What does not belong
here: rounding (`protection`), words for a reader, what became of each person between two deliveries.
"""
