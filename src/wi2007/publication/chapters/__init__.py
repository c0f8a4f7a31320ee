"""The chapters of the report, one file each, all of the shape of `chapter.Chapter`; `register` lists them.

    chapter -> cbs -> beside · tempo -> outlook · the others -> register

The order of the report is that of `config/report/rapport.yaml`, which asks for parts by name.
What does not belong here: how cells, sentences and words are made (`content`), putting the report together (`report`).
"""
