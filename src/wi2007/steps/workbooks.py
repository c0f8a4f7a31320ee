"""Step workbooks: the content document and the published tables become workbooks and a data package."""

from __future__ import annotations

from collections.abc import Mapping

from schemas.published import by_file
from schemas.workbook import WorkbookText
from wi2007 import __version__
from wi2007.project import CONFIG, marked
from wi2007.publication.content.texts import load_workbook
from wi2007.publication.datapackage import Files, datapackage, to_json
from wi2007.publication.document import from_json
from wi2007.publication.structure import download_files, workbook_name
from wi2007.publication.workbook import ods, xlsx
from wi2007.publication.workbook.listed import Listed
from wi2007.publication.workbook.sheets import book, file_name, numbered_tables, single
from wi2007.steps.case import Case
from wi2007.steps.edge import write_folder

PACKAGE = "datapackage.json"


def lists(tables: Mapping[str, bytes], texts: WorkbookText, mark: str) -> list[Listed]:
    """Read the published tables without a number that have a sheet of their own, where they have rows."""
    found = []
    for name, dataset in by_file(mark).items():
        sheet = texts.bladen.gegevens.get(dataset.file)
        rows = dataset.from_csv(tables[name].decode("utf-8")) if sheet and name in tables else []
        if sheet and rows:
            found.append(Listed(dataset, rows, sheet, name))
    return found


def make(case: Case) -> None:
    """Write both workbooks, one of each numbered table, and the data package; the folder then holds nothing else."""
    document = from_json(case.text("publicatie/inhoud.json"))
    tables_folder = case.made("rapport/downloads/tabellen")
    texts = load_workbook(CONFIG / "report")
    tables = {name: (tables_folder / name).read_bytes() for name in download_files(document)}
    made = book(document, texts, lists(tables, texts, document.mark))
    workbooks = {
        file_name(document, "xlsx"): xlsx.write(made),
        file_name(document, "ods"): ods.write(made),
    }
    singles = {
        workbook_name(table, document.mark): xlsx.write(single(document, table, texts))
        for table in numbered_tables(document)
    }
    package = to_json(datapackage(document, texts, Files(tables, workbooks | singles), __version__))
    write_folder(
        case.made("rapport/werkboeken/tabellen"),
        {**workbooks, **singles, marked(PACKAGE, document.mark): package.encode("utf-8")},
    )
