"""From tidy tables and the account of the processing to the content document: sentences, tables, charts by name.

    tidy, markup -> display, blocks -> findings -> phrases -> parts -> report
                    glossary · annex · account · numbers

`findings` decides what is worth saying, `phrases` puts it into the words of `config/report/`; `report` follows the
order of chapters in `config/report/rapport.yaml`. What does not belong here: counting persons, drawing, layout.
"""
