"""`datapackage.json`: what is in each file of `tabellen/`, for programs (Frictionless Data Package, version 1).

The meaning of a column is that of `schemas.meanings`, its type that of `TidyRow`. Nothing in it depends on
when or where it was made. What does not belong here: files, the words (`config/report/werkboek.yaml`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from schemas.meanings import STATEMENTS, TIDY
from schemas.workbook import WorkbookText
from wi2007.publication.document import Document, Table
from wi2007.publication.licence import licence
from wi2007.publication.workbook.select import numbered_tables
from wi2007.tables.tidy import EXACT_MARK, TidyRow

KEY = ("tabel", "rijvariabele", "rij", "kolom")
"""What a figure is found by, as in `schemas.tidy`."""

_PROGRAM = "wi2007"
_TYPES = {"str": "string", "int": "integer", "float": "number"}
_LIMITS: Mapping[str, dict[str, int]] = {
    "string": {"minLength": 1},
    "integer": {"minimum": 0},
    "number": {"minimum": 0, "maximum": 100},
}
_WORKBOOKS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
_DIALECT = {
    "delimiter": ",",
    "lineTerminator": "\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
    "header": True,
}

Json = dict[str, Any]


@dataclass(frozen=True)
class Files:
    """The published files by name: a CSV for each table, the workbooks, and the CSV of the statements (one or none)."""

    tables: Mapping[str, bytes]
    workbooks: Mapping[str, bytes]
    statements: Mapping[str, bytes] = field(default_factory=dict)


def datapackage(document: Document, texts: WorkbookText, files: Files, version: str) -> Json:
    """The package; `version` is that of the program. A table without a CSV among the files has no resource."""
    made: Json = {
        "profile": "data-package",
        "name": f"{_PROGRAM}-{document.peildatum}",
        "title": document.title,
        "description": " ".join(filter(None, (document.notice, document.description))),
        "version": f"{_dotted(document.peildatum)}+{_PROGRAM}.{version}",
        "language": texts.taal,
        "keywords": list(document.keywords),
        "sources": [{"title": document.source}],
        "contributors": [{"title": document.publisher, "role": "publisher"}],
        "licenses": _licences(document, texts),
        "herkomst": {
            "programma": _PROGRAM,
            "versie": version,
            "peildatum": document.peildatum,
            "bron": document.source,
        },
        "bescherming": list(document.protection),
        "tekens": [{"teken": sign.sign, "betekenis": sign.meaning} for sign in document.legend],
        "resources": [
            *_tables(document, texts, files.tables),
            *_statements(document, texts, files.statements),
            *_workbooks(texts, files.workbooks),
        ],
    }
    return {name: value for name, value in made.items() if value != []}


def to_json(package: Json) -> str:
    """The text of the file."""
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _dotted(peildatum: str) -> str:
    """A version by the peildatum: 2022.7.1."""
    return ".".join(str(int(part)) for part in peildatum.split("-"))


def _licences(document: Document, texts: WorkbookText) -> list[Json]:
    granted = licence(document, texts.licentie)
    if granted is None:
        return []
    return [{"name": granted.naam, "title": granted.titel, "path": granted.adres}]


def _tables(document: Document, texts: WorkbookText, found: Mapping[str, bytes]) -> Iterator[Json]:
    for table in numbered_tables(document):
        if table.download in found:
            yield _table(table, texts, found[table.download], document.exact)


def _table(table: Table, texts: WorkbookText, content: bytes, exact: bool) -> Json:
    title = f"{texts.pakket.tabel} {table.number}. {table.title}"
    description = " ".join((f"{texts.pakket.populatie}: {table.population}.", *table.footnotes))
    return {
        **_csv(table.download, title, description, content),
        "sources": [{"title": table.source}] if table.source else [],
        "schema": schema(EXACT_MARK if exact else {}),
    }


def _statements(document: Document, texts: WorkbookText, found: Mapping[str, bytes]) -> Iterator[Json]:
    mark = EXACT_MARK if document.exact else {}
    for name, content in found.items():
        yield {
            **_csv(name, texts.pakket.uitspraken, texts.pakket.uitspraken_tekst, content),
            "sources": [{"title": document.source}],
            "schema": {
                "fields": [
                    {"name": column, "type": "string", "description": meaning.description}
                    for column, meaning in STATEMENTS.items()
                ]
                + _marks(mark),
                "missingValues": [""],
                "primaryKey": ["id"],
            },
        }


def _csv(name: str, title: str, description: str, content: bytes) -> Json:
    return {
        "profile": "tabular-data-resource",
        "name": _slug(name),
        "path": name,
        "title": title,
        "description": description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **_content(content),
        "dialect": _DIALECT,
    }


def _marks(mark: Mapping[str, str]) -> list[Json]:
    return [{"name": name, "type": "string", "description": f"{text}."} for name, text in mark.items()]


def schema(mark: Mapping[str, str]) -> Json:
    """The columns of a tidy table, and those of `mark` behind them."""
    return {
        "fields": [*(_field(one.name, str(one.type)) for one in fields(TidyRow)), *_marks(mark)],
        "missingValues": [""],
        "primaryKey": list(KEY),
    }


def _field(name: str, type_name: str) -> Json:
    first, *others = type_name.split(" | ")
    kind = _TYPES[first]
    required = {} if others else {"required": True}
    unit = f" ({TIDY[name].unit})" if TIDY[name].unit else ""
    return {
        "name": name,
        "type": kind,
        "description": TIDY[name].description.removesuffix(".") + unit + ".",
        "constraints": {**required, **_LIMITS[kind]},
    }


def _workbooks(texts: WorkbookText, found: Mapping[str, bytes]) -> Iterator[Json]:
    titles = {"xlsx": texts.pakket.werkboek_xlsx, "ods": texts.pakket.werkboek_ods}
    for name, content in found.items():
        kind = name.rpartition(".")[2]
        yield {
            "profile": "data-resource",
            "type": "file",
            "name": f"werkboek-{kind}",
            "path": name,
            "title": titles[kind],
            "format": kind,
            "mediatype": _WORKBOOKS[kind],
            **_content(content),
        }


def _content(content: bytes) -> Json:
    return {"bytes": len(content), "hash": "sha256:" + hashlib.sha256(content).hexdigest()}


def _slug(name: str) -> str:
    """A name as a package allows it."""
    plain = name.rpartition(".")[0].lower()
    return "".join(
        letter if letter.isascii() and (letter.isalnum() or letter in "._-") else "-" for letter in plain
    )
