"""Check that a document can be laid out: ids that are unique, links that arrive, rows as wide as their table.

What does not belong here: any file format, what a document says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from wi2007.publication import structure
from wi2007.publication.document import Chooser, Document, Glossary, Table


def check(document: Document) -> None:
    """Raise `ValueError` where a document cannot be laid out: double ids, dead links, rows of another length."""
    faults = [
        *_double_ids(document),
        *_dead_terms(document),
        *_dead_links(document),
        *(fault for table in structure.tables(document) for fault in _uneven_rows(table)),
        *(fault for chooser in structure.choosers(document) for fault in _uneven_choices(chooser)),
    ]
    if faults:
        raise ValueError("; ".join(faults))


def _terms(document: Document) -> Counter[str]:
    glossaries = (block for block in structure.blocks(document) if isinstance(block, Glossary))
    return Counter(term.id for glossary in glossaries for term in glossary.terms)


def _double_ids(document: Document) -> Iterator[str]:
    for counts in (Counter(structure.anchors(document)), _terms(document)):
        yield from (f"double id {name}" for name, count in counts.items() if count > 1)


def _dead_terms(document: Document) -> Iterator[str]:
    known = _terms(document)
    for span in structure.spans(document):
        if span.term is not None and span.term not in known:
            yield f"no glossary entry {span.term}"


def _dead_links(document: Document) -> Iterator[str]:
    known = set(structure.anchors(document))
    for span in structure.spans(document):
        if span.href is not None and span.href.startswith("#") and span.href[1:] not in known:
            yield f"no target for link {span.href}"


def _uneven_rows(table: Table) -> Iterator[str]:
    width = len(table.columns)
    if any(row.role != "group" and len(row.cells) != width for row in table.rows):
        yield f"table {table.id} has a row without exactly {width} cells"


def _uneven_choices(chooser: Chooser) -> Iterator[str]:
    for table in chooser.tables:
        yield from _uneven_rows(table)
    shape = [len(row.cells) for row in structure.rows_to_choose(chooser)]
    for choice in chooser.choices:
        if [len(cells) for cells in choice.cells] != shape:
            yield f"choice {choice.key} of {chooser.id} has other cells than its tables"
    keys = Counter(choice.key for choice in chooser.choices)
    yield from (f"double choice {key} of {chooser.id}" for key, count in keys.items() if count > 1)
