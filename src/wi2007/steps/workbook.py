"""Step workbook: the content document and the published tables become two workbooks and a data package.

What does not belong here: the CSV files themselves (step `content`).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from wi2007 import __version__
from wi2007.project import marked
from wi2007.publication.content.texts import load_workbook
from wi2007.publication.datapackage import Files, datapackage, to_json
from wi2007.publication.document import from_json
from wi2007.publication.structure import download_files
from wi2007.publication.workbook import ods, xlsx
from wi2007.publication.workbook.book import book, file_name
from wi2007.steps.edge import run_step, write_folder

PACKAGE = "datapackage.json"


def main() -> None:
    """Read the paths from the command line and write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--document", type=Path, required=True, help="inhoud.json")
    parser.add_argument("--downloads", type=Path, required=True, help="folder of the published tables")
    parser.add_argument("--texts", type=Path, required=True, help="config/report")
    parser.add_argument("--output", type=Path, required=True, help="folder for the files; holds nothing else")
    paths = parser.parse_args()
    run_step(lambda: step(paths))


def step(paths: argparse.Namespace) -> None:
    """Read, make, write."""
    document = from_json(paths.document.read_text(encoding="utf-8"))
    texts = load_workbook(paths.texts)
    made = book(document, texts)
    workbooks = {
        file_name(document, "xlsx"): xlsx.write(made),
        file_name(document, "ods"): ods.write(made),
    }
    tables = {name: (paths.downloads / name).read_bytes() for name in download_files(document)}
    package = to_json(datapackage(document, texts, Files(tables, workbooks), __version__))
    write_folder(paths.output, {**workbooks, marked(PACKAGE, document.exact): package.encode("utf-8")})


if __name__ == "__main__":
    main()
