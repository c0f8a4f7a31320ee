"""What the report says of the CBS table: figures for texts, tables, charts, CBS beside DUO, and estimates.

    figures -> tables, charts, beside, estimates -> parts

Every number is that of a cell of `publicatie/cbs.csv` or of a published table, or computed from those alone.
What does not belong here: reading a workbook (`wi2007.cbs`), the words (`config/report/rapport.yaml`, cbs).
"""
