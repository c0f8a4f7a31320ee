"""What chapters are made with: inputs, texts, cells of tables, findings, sentences, tables and charts as blocks.

    wording, blocks -> inputs -> findings, writer -> shown · changes, outflow (rows to look up) · downloads

`findings` decides what is worth saying, `writer` puts it into the words of `config/report/`.
What does not belong here: what one chapter says (`chapters`), counting persons, drawing, layout.
"""
