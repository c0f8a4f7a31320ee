"""The workbooks: all numbered tables of the content document in one XLSX and one ODS file, with an explanation.

    model -> numbers, names, select -> cover, contents, explanation, tables -> book -> xlsx, ods

`book.book` makes a workbook, in terms of no file format, from the document and the words of
`config/report/werkboek.yaml`; `xlsx.write` and `ods.write` give its bytes.
What does not belong here: figures of its own, files, formulas.
"""
