"""The workbooks: all numbered tables of the content document in one XLSX and one ODS file, with an explanation.

    model -> sheets -> ods, xlsx

`sheets.book` makes a workbook, in terms of no file format (`model`), from the document and the words of
`config/report/werkboek.yaml`; `xlsx.write` and `ods.write` give its bytes. What an ODS file says beside the cells
stands in the templates under `opendocument/`.
What does not belong here: figures of its own, files, formulas.
"""
