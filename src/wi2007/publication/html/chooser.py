"""What a chooser shows after a choice, as data inside the page: texts only, for the script to put in place.

A choice's texts follow each other in the order of the cells of the tables; behind them are its other names and codes.
What does not belong here: numbers.
"""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from wi2007.publication import structure
from wi2007.publication.document import Chooser, Document, Table

_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def data(chooser: Chooser, document: Document) -> Markup:
    """The chooser as JSON that can stand in a script element: nothing in it can end that element."""
    tables = {table.id: table for table in structure.tables(document)}
    content = {
        "prompt": chooser.prompt,
        "hint": chooser.hint,
        "more": chooser.more,
        "course": chooser.course,
        "full": [[name, structure.lead(tables[name]) + tables[name].title] for name in chooser.full],
        "tables": [_table(table) for table in chooser.tables],
        "choices": [
            [
                choice.key,
                choice.label,
                [cell.text for row in choice.cells for cell in row],
                [[other.name, other.code, other.told] for other in choice.others],
            ]
            for choice in chooser.choices
        ],
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Markup("".join(_UNSAFE.get(character, character) for character in text))


def _table(table: Table) -> dict[str, Any]:
    return {
        "id": table.id,
        "title": table.title,
        "population": table.population,
        "header": table.header,
        "columns": [[column.group, column.label] for column in table.columns],
        "rows": [[row.label, row.role, [cell.text for cell in row.cells]] for row in table.rows],
        "notes": table.footnotes,
    }
