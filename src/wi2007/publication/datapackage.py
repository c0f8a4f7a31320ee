"""`datapackage.json`: what is in each file of `tabellen/`, for programs (Frictionless Data Package, version 1).

Columns, key and references of a file are those of its declaration (`schemas.published`). Nothing in it depends on
when or where it was made. What does not belong here: files, the words (`config/report/werkboek.yaml`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from schemas.dataset import NOTICES, Column, Dataset
from schemas.published import PUBLISHED, by_file
from schemas.tidy import TIDY
from schemas.workbook import WorkbookText
from wi2007.project import PUBLIC
from wi2007.publication.document import Document, Reference, Table
from wi2007.publication.structure import workbook_name
from wi2007.publication.workbook.sheets import numbered_tables

_PROGRAM = "wi2007"
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
    """The published files by name: the CSV files, and the workbooks, those of all tables first."""

    tables: Mapping[str, bytes]
    workbooks: Mapping[str, bytes]


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
        "homepage": document.imprint.address,
        "sources": [{"title": document.source}, *map(_reference, document.imprint.references)],
        "contributors": [_publisher(document)],
        "licenses": _licences(document),
        "citeren": document.imprint.citation,
        "herkomst": {
            "programma": _PROGRAM,
            "versie": version,
            "peildatum": document.peildatum,
            **_dated(document),
            "bron": document.source,
        },
        "bescherming": list(document.protection),
        "tekens": [{"teken": sign.sign, "betekenis": sign.meaning} for sign in document.legend],
        "resources": [
            *_shown(document, texts, files.tables),
            *_beside(document, files.tables),
            *_workbooks(document, texts, files.workbooks),
        ],
    }
    return {name: value for name, value in made.items() if value not in ([], "")}


def to_json(package: Json) -> str:
    """The text of the file."""
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _dotted(peildatum: str) -> str:
    """A version by the peildatum: 2022.7.1."""
    return ".".join(str(int(part)) for part in peildatum.split("-"))


def _licences(document: Document) -> list[Json]:
    granted = document.imprint.licence
    return [{"name": granted.name, "title": granted.title, "path": granted.href}] if granted else []


def _reference(reference: Reference) -> Json:
    return {"title": reference.title} | ({"path": reference.href} if reference.href else {})


def _publisher(document: Document) -> Json:
    email = document.imprint.email
    return {"title": document.publisher, "role": "publisher"} | ({"email": email} if email else {})


def _dated(document: Document) -> Json:
    """Which version this is and when it appeared, as far as that is known."""
    found = {
        "versie_van_het_rapport": document.imprint.version,
        "publicatiedatum": document.imprint.published,
        "gewijzigd_op": document.imprint.changed,
    }
    return {name: value for name, value in found.items() if value}


def _shown(document: Document, texts: WorkbookText, found: Mapping[str, bytes]) -> Iterator[Json]:
    """Describe the files that a numbered table of the report is shown from, in the order of the report."""
    declared = by_file(document.mark)
    by_name: dict[str, list[Table]] = {}
    for table in numbered_tables(document):
        if table.download in found:
            by_name.setdefault(table.download, []).append(table)
    for name, tables in by_name.items():
        first, dataset = tables[0], declared.get(name, TIDY)
        title, about = _told(dataset, tables, texts)
        yield {
            **_csv(name, title, about, found[name]),
            "sources": [{"title": first.source}] if first.source else [],
            "schema": schema(dataset, document.mark, found),
        }


def _told(dataset: Dataset[Any], tables: list[Table], texts: WorkbookText) -> tuple[str, str]:
    """Give title and description: of the table itself, or of the declaration as far as it has them."""
    words, first = texts.pakket, tables[0]
    about = " ".join((f"{words.populatie}: {first.population}.", *first.footnotes))
    if dataset is TIDY:
        return f"{words.tabel} {first.number}. {first.title}", about
    if dataset.description:
        return dataset.title, dataset.description
    numbers = ", ".join(table.number for table in tables)
    return f"{dataset.title} ({words.tabel.lower()} {numbers})", about


def _beside(document: Document, found: Mapping[str, bytes]) -> Iterator[Json]:
    """Describe the declared files that no numbered table is shown from, in the order of the declarations."""
    shown = {table.download for table in numbered_tables(document)}
    for dataset in PUBLISHED:
        name = dataset.named(document.mark)
        if name in found and name not in shown:
            yield {
                **_csv(name, dataset.title, dataset.description, found[name]),
                "sources": [{"title": document.source}],
                "schema": schema(dataset, document.mark, found),
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


def schema(dataset: Dataset[Any], mark: str = PUBLIC, files: Mapping[str, bytes] | None = None) -> Json:
    """Describe the columns of a dataset, and the notice behind them where the report has a mark.

    It refers to other datasets as far as they are among `files`.
    """
    notice = NOTICES[mark]
    made: Json = {
        "fields": [
            *map(_field, dataset.columns),
            *({"name": name, "type": "string", "description": f"{text}."} for name, text in notice.items()),
        ],
        "missingValues": [""],
        "primaryKey": list(dataset.key),
    }
    references = [
        {"fields": column, "reference": {"resource": _slug(other.named(mark)), "fields": key}}
        for column, (other, key) in dataset.foreign.items()
        if other.named(mark) in (files or {})
    ]
    return made | ({"foreignKeys": references} if references else {})


def _field(column: Column) -> Json:
    unit = f" ({column.unit})" if column.unit else ""
    return {
        "name": column.name,
        "type": column.kind,
        "description": column.meaning.removesuffix(".") + unit + ".",
        "constraints": {name: value for name, value in _limits(column) if value is not None},
    }


def _limits(column: Column) -> Iterator[tuple[str, Any]]:
    if not column.optional:
        yield "required", True
        yield "minLength", 1 if column.kind == "string" else None
    yield "minimum", column.least
    yield "maximum", column.most
    yield "enum", column.allowed or None


def _workbooks(document: Document, texts: WorkbookText, found: Mapping[str, bytes]) -> Iterator[Json]:
    """Those of all tables, then those of one table each."""
    whole = {"xlsx": texts.pakket.werkboek_xlsx, "ods": texts.pakket.werkboek_ods}
    single = {workbook_name(table, document.mark): table.title for table in numbered_tables(document)}
    for name, content in found.items():
        kind = name.rpartition(".")[2]
        yield {
            "profile": "data-resource",
            "type": "file",
            "name": f"{_slug(name)}-{kind}" if name in single else f"werkboek-{kind}",
            "path": name,
            "title": single.get(name, whole[kind]),
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
