"""What the report says of the change since the peildatum before: figures for texts, tables, a bridge chart, rankings.

    rows -> figures -> tables, charts -> parts

Every number is that of a row of `publicatie/verandering.csv`, or computed from those alone. What does not belong here:
following persons (`wi2007.comparison`), the words (`config/report/rapport.yaml`, verandering).
"""
