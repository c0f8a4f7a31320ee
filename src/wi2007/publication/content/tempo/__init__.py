"""What the report says of outflow in time and of the projections: figures for texts, tables, charts.

    figures -> tables, charts -> parts

Every number is that of a row of `publicatie/tempo.csv`, `vooruitzicht.csv` or `vooruitzicht.json`.
What does not belong here: computing rates or projections (`wi2007.tempo`), the words (`rapport.yaml`, tempo).
"""
