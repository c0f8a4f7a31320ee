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

from schemas.cbs import KEY as CBS_KEY
from schemas.cbs import MARKS
from schemas.change import ONCE
from schemas.meanings import CBS, CHANGE, OUTLOOK, SENSITIVITY, STATEMENTS, TEMPO, TIDY, Meaning
from schemas.workbook import WorkbookText
from wi2007.cbs.table import FILE as CBS_FILE
from wi2007.cbs.table import CbsRow
from wi2007.project import marked
from wi2007.publication.content.changes import FILE as CHANGE_FILE
from wi2007.publication.content.changes import ChangeRow
from wi2007.publication.document import Document, Table
from wi2007.publication.licence import licence
from wi2007.publication.workbook.sheets import numbered_tables
from wi2007.tables.tidy import EXACT_MARK, TidyRow
from wi2007.tempo.table import OUTLOOK_FILE, TEMPO_FILE

KEY = ("tabel", "rijvariabele", "rij", "kolom")
"""What a figure is found by, as in `schemas.tidy`."""

_PROGRAM = "wi2007"
_TYPES = {"str": "string", "int": "integer", "float": "number", "Decimal": "number"}
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
    """The published files by name: a CSV for each table, the workbooks, and those of the statements, if any."""

    tables: Mapping[str, bytes]
    workbooks: Mapping[str, bytes]
    statements: Mapping[str, bytes] = field(default_factory=dict)
    sensitivity: Mapping[str, bytes] = field(default_factory=dict)


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
            *_sensitivity(document, texts, files.sensitivity),
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
    mark = EXACT_MARK if document.exact else {}
    change = marked(CHANGE_FILE, document.exact)
    shared = {
        marked(CBS_FILE, document.exact): (texts.pakket.cbs, cbs_schema(mark)),
        marked(TEMPO_FILE, document.exact): (texts.pakket.tempo, tempo_schema(mark)),
        marked(OUTLOOK_FILE, document.exact): (texts.pakket.vooruitzicht, outlook_schema(mark)),
    }
    by_file: dict[str, list[Table]] = {}
    for table in numbered_tables(document):
        if table.download in found:
            by_file.setdefault(table.download, []).append(table)
    for name, (table, *others) in by_file.items():
        numbers = ", ".join(one.number for one in (table, *others))
        if name in shared:
            title, columns = shared[name]
            title = f"{title} ({texts.pakket.tabel.lower()} {numbers})"
            yield _table(table, title, texts, found[name]) | {"schema": columns}
        elif name == change:
            title, about = texts.pakket.verandering, {"description": texts.pakket.verandering_tekst}
            yield _table(table, title, texts, found[name]) | about | {"schema": change_schema(mark)}
        else:
            title = f"{texts.pakket.tabel} {table.number}. {table.title}"
            yield _table(table, title, texts, found[name]) | {"schema": schema(mark)}


def _table(table: Table, title: str, texts: WorkbookText, content: bytes) -> Json:
    description = " ".join((f"{texts.pakket.populatie}: {table.population}.", *table.footnotes))
    return {
        **_csv(table.download, title, description, content),
        "sources": [{"title": table.source}] if table.source else [],
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


def _sensitivity(document: Document, texts: WorkbookText, found: Mapping[str, bytes]) -> Iterator[Json]:
    mark = EXACT_MARK if document.exact else {}
    for name, content in found.items():
        columns = [
            {"name": column, "type": "string", "description": meaning.description}
            for column, meaning in SENSITIVITY.items()
        ]
        yield {
            **_csv(name, texts.pakket.gevoeligheid, texts.pakket.gevoeligheid_tekst, content),
            "sources": [{"title": document.source}],
            "schema": {
                "fields": columns + _marks(mark),
                "missingValues": [""],
                "primaryKey": ["uitspraak", "lezing"],
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


def schema(mark: Mapping[str, str]) -> Json:
    """The columns of a tidy table, and those of `mark` behind them."""
    return {
        "fields": [*(_field(one.name, str(one.type), TIDY) for one in fields(TidyRow)), *_marks(mark)],
        "missingValues": [""],
        "primaryKey": list(KEY),
    }


def cbs_schema(mark: Mapping[str, str]) -> Json:
    """The columns of the CBS table, and those of `mark` behind them; texts may be empty, and then say something."""
    made = [_field(one.name, str(one.type), CBS) for one in fields(CbsRow)]
    for one in made:
        if one["name"] in ("noemer", "teken", "voorlopig"):
            one["constraints"] = {"enum": list(MARKS)} if one["name"] == "voorlopig" else {}
        if one["name"] == "aantal":
            one["constraints"] = {"minimum": 0}
        if one["name"] == "meetmoment":
            one |= {"type": "date", "constraints": {"required": True}}
    return {
        "fields": [*made, *_marks(mark)],
        "missingValues": [""],
        "primaryKey": list(CBS_KEY),
    }


def change_schema(mark: Mapping[str, str]) -> Json:
    """The columns of the change, and those of `mark` behind them; a part may take persons away."""
    made = [_field(one.name, str(one.type), CHANGE) for one in fields(ChangeRow)]
    for one in made:
        if one["name"] == "route":
            one["constraints"] = {}
        if one["name"] == "aantal":
            one["constraints"] = {"required": True}
    return {"fields": [*made, *_marks(mark)], "missingValues": [""], "primaryKey": list(ONCE)}


def tempo_schema(mark: Mapping[str, str]) -> Json:
    """The columns of outflow in time, and those of `mark` behind them; without a period there is no start."""
    optional = ("begin", "einde", "plichtig_begin", "plichtig_peildatum", "per_100")
    made = [_typed(name, TEMPO, name not in optional) for name in TEMPO]
    return {
        "fields": [*made, *_marks(mark)],
        "missingValues": [""],
        "primaryKey": ["periode", "kenmerk", "categorie", "route"],
    }


def outlook_schema(mark: Mapping[str, str]) -> Json:
    """The columns of the projections, and those of `mark` behind them."""
    made = [_typed(name, OUTLOOK, required=True) for name in OUTLOOK]
    return {"fields": [*made, *_marks(mark)], "missingValues": [""], "primaryKey": ["manier", "dag"]}


def _typed(name: str, meanings: Mapping[str, Meaning], required: bool) -> Json:
    """A column whose type follows from its unit."""
    kinds = {"personen": "integer", "datum, jjjj-mm-dd": "date", "getal met punt": "number"}
    kind = kinds.get(meanings[name].unit, "string")
    limits = _LIMITS.get(kind, {})
    return {
        "name": name,
        "type": kind,
        "description": meanings[name].description,
        "constraints": {**({"required": True} if required else {}), **limits},
    }


def _marks(mark: Mapping[str, str]) -> list[Json]:
    return [{"name": name, "type": "string", "description": f"{text}."} for name, text in mark.items()]


def _field(name: str, type_name: str, meanings: Mapping[str, Meaning]) -> Json:
    first, *others = type_name.split(" | ")
    kind = _TYPES[first]
    required = {} if others else {"required": True}
    unit = f" ({meanings[name].unit})" if meanings[name].unit else ""
    return {
        "name": name,
        "type": kind,
        "description": meanings[name].description.removesuffix(".") + unit + ".",
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
