"""Mark the first cell of each table row of a PDF as the header of that row, for screen readers.

The typesetter can only tag column headers. Here each row's first cell becomes a TH with Scope Row, and every data cell
names its headers: those of its column, of its group of rows, and of its row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String


def mark_headers(file: pikepdf.Pdf) -> None:
    """Give the tables of a PDF their row headers, and every data cell the names of its headers."""
    root = file.Root.StructTreeRoot
    elements = list(_elements(root))
    for number, table in enumerate(one for one in elements if str(one.S) == "/Table"):
        _Headers(file, number).mark(table)
    _index(file, root, elements)


def leave_unsaid(file: pikepdf.Pdf) -> None:
    """Take out that the tags are not suspect: that is so where nothing is said, and poppler warns of a false."""
    marked = file.Root.MarkInfo
    if "/Suspects" in marked and not marked.Suspects:
        del marked["/Suspects"]


@dataclass
class _Headers:
    """The header cells of one table, while its rows are gone through."""

    file: pikepdf.Pdf
    table: int
    columns: dict[int, list[str]] = field(default_factory=dict)
    group: list[str] = field(default_factory=list)
    rows: int = 0

    def mark(self, table: Object) -> None:
        """Give every row its header and every data cell the names of its headers."""
        rows = [(part, list(_children(row))) for part in _children(table) for row in _children(part)]
        head = [cells for part, cells in rows if str(part.S) == "/THead"]
        body = [cells for part, cells in rows if str(part.S) in {"/TBody", "/TFoot"}]
        for cells in head:
            self._head(cells)
        of_pairs = _is_list_of_pairs(head, body)
        for cells in body:
            if str(cells[0].S) == "/TH":
                self._group(*cells)
            else:
                self._row(cells, has_header=not of_pairs)

    def _head(self, cells: list[Object]) -> None:
        for cell in cells:
            if "/K" not in cell:
                self._make_data(cell)
                continue
            column = int(str(cell.ID).split("x")[1].split("y")[0])
            for offset in range(int(self._attributes(cell).get("/ColSpan", 1))):
                self.columns.setdefault(column + offset, []).append(str(cell.ID))

    def _group(self, first: Object, *others: Object) -> None:
        self.group = [str(first.ID)]
        self._attributes(first)["/Headers"] = Array([])
        for cell in others:
            self._make_data(cell)

    def _row(self, cells: list[Object], has_header: bool) -> None:
        first, *others = cells
        names = list(self.group)
        if has_header and others:
            self.rows += 1
            identity = f"r{self.table}-{self.rows}"
            first.S = Name.TH
            first.ID = String(identity)
            attributes = self._attributes(first)
            attributes["/Scope"] = Name.Row
            attributes["/Headers"] = _strings(names)
            names.append(identity)
        for column, cell in enumerate(others, start=1):
            self._attributes(cell)["/Headers"] = _strings([*self.columns.get(column, []), *names])

    def _make_data(self, cell: Object) -> None:
        """An empty cell heads nothing."""
        cell.S = Name.TD
        attributes = self._attributes(cell)
        for key in ("/Scope", "/Headers"):
            if key in attributes:
                del attributes[key]
        if "/ID" in cell:
            del cell["/ID"]

    def _attributes(self, cell: Object) -> Object:
        """The table attributes of a cell; made when it has none."""
        given = cell.get("/A")
        kept = list(given) if isinstance(given, Array) else [given] if given is not None else []
        for attributes in kept:
            if isinstance(attributes, Dictionary) and str(attributes.get("/O")) == "/Table":
                return attributes
        made = self.file.make_indirect(Dictionary(O=Name.Table))
        cell.A = Array([made, *kept])
        return made


def _is_list_of_pairs(head: list[list[Object]], body: list[list[Object]]) -> bool:
    """Whether row headers would outnumber the data, as in a list of names with one value each.

    Such a list is read as pairs anyway, and checkers take so many headers for a broken table.
    """
    rows = [cells for cells in body if str(cells[0].S) != "/TH"]
    headers = sum(map(len, head)) + len(body)
    return headers > sum(len(cells) - 1 for cells in rows)


def _strings(names: list[str]) -> Array:
    return Array([String(name) for name in names])


def _index(file: pikepdf.Pdf, root: Object, elements: list[Object]) -> None:
    """Write the index of element ids anew, with the row headers in it."""
    named = sorted(
        ((bytes(element.ID), element) for element in elements if "/ID" in element),
        key=lambda pair: pair[0],
    )
    names = [part for key, element in named for part in (String(key.decode("latin-1")), element)]
    if names:
        root.IDTree = file.make_indirect(Dictionary(Names=Array(names)))


def _children(element: Object) -> Iterator[Object]:
    """The structure elements directly below one."""
    kids = element.get("/K")
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid


def _elements(element: Object) -> Iterator[Object]:
    """Every structure element below one, in reading order."""
    for child in _children(element):
        yield child
        yield from _elements(child)
