"""The CBS table: a maatwerk workbook as CBS lays it out, into one row for each figure.

    book, formats, figures, labels -> columns, lines, layout, vocabulary -> meaning, titles -> doubt, proposal -> sheet
        -> reading -> inspection        table (what others read)

What stands where is configuration (`config/cbs.yaml`, `schemas.cbs_layout`); what does not fit is refused by sheet and
cell. The figures are public and rounded by CBS. What does not belong here: counting persons, words of the report.
"""
