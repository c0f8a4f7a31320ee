"""Read a maatwerk workbook as CBS lays it out, into a table with one row for each figure.

    figures, labels, misfit -> book -> heads, layout -> meaning -> sheet -> reading        table (what others read)

Configuration says what labels mean (`config/cbs.yaml`, `schemas.cbs_layout`); what does not fit is refused by sheet
and cell. The figures are public and rounded by CBS. What does not belong here: counting persons, words of the report.
"""
