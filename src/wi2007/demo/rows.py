"""From persons to the rows of a delivery: the columns of DUO, and the file's bytes.

Every `persoonsnummer` begins with `DEMO`: the mark by which the pipeline knows a demonstration delivery. All choices:
`rijen` of `config/demo.yaml`.

What does not belong here: how many persons have which traits (see `margins` and `cells`), or where the file goes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from wi2007 import reference
from wi2007.demo.cells import Persons, Texts
from wi2007.demo.dates import Dates, as_number, dates, day_number, per_status
from wi2007.demo.draws import Draws, Whole
from wi2007.demo.settings import Settings

MARK = "DEMO"
SEPARATOR = ";"
LINE_END = "\r\n"
DUTCH, TURKISH = "0001", "0339"
COLUMNS = (
    "persoonsnummer",
    "geslacht",
    "geboortedatum",
    "land_van_herkomst",
    "gevraagde_nationaliteit",
    "nationaliteit_1",
    "nationaliteit_2",
    "nationaliteit_3",
    "nationaliteit_4",
    "gemeentecode",
    "statuscode",
    "statusdatum",
    "startdatum_plicht",
    "doelgroep",
)
# The numbers are a walk over the residues of a prime, so that they are unique, of one width, and in no order.
_PRIME, _STEP = 99_999_989, 61_803_399

Columns = Mapping[str, NDArray[Any]]


def columns(persons: Persons, settings: Settings, draws: Draws) -> Columns:
    """The delivery's columns, in random order of persons; dates are whole numbers, 0 where nothing is filled in."""
    days = dates(persons, settings, draws)
    dutch = _asks_dutch(persons, settings, draws)
    target = np.where(persons.nieuwkomer, "NIEUWKOMER", "OUDKOMER")
    target[draws.whole("doelgroep leeg", 1000, len(persons)) < settings.rows["doelgroep_leeg"]] = ""
    found: dict[str, NDArray[Any]] = {
        "geslacht": persons.geslacht,
        "geboortedatum": days.birth,
        "land_van_herkomst": persons.land,
        "gevraagde_nationaliteit": np.where(persons.turks, "Turks", np.where(dutch, "Nederlands", "anders")),
        **_nationalities(persons, dutch, settings, draws),
        "gemeentecode": _registered_municipality(persons, days, settings, draws),
        "statuscode": persons.statuscode,
        "statusdatum": days.status,
        "startdatum_plicht": days.start,
        "doelgroep": target,
    }
    order = draws.order("rijen", len(persons))
    numbers = (np.arange(len(persons)) * _STEP + settings.seed) % _PRIME
    return {"persoonsnummer": numbers, **{name: values[order] for name, values in found.items()}}


def _asks_dutch(persons: Persons, settings: Settings, draws: Draws) -> NDArray[np.bool_]:
    share = per_status(settings.rows["vraagt_nederlands"], persons.statuscode)
    return ~persons.turks & (draws.whole("vraagt nederlands", 1000, len(persons)) < share)


def _nationalities(
    persons: Persons, dutch: NDArray[np.bool_], settings: Settings, draws: Draws
) -> dict[str, Texts]:
    """Up to four different nationalities, the first columns first; who became Dutch has that one first."""
    origin = np.where(persons.turks, TURKISH, _origin_nationality(persons.land, settings, draws))
    size = len(persons)
    other = draws.shuffled("nationaliteit ander", origin)
    place = draws.whole("turkse nationaliteit", 1000, size)
    shares = settings.turkish["turkse_nationaliteit"]
    second = persons.turks & (place >= shares["eerste"])
    hidden = persons.turks & (place >= shares["eerste"] + shares["tweede"])
    keeps = draws.whole("houdt eerste", 1000, size) < settings.rows["houdt_eerste"]
    layers = [
        np.where(dutch | second, DUTCH, origin),
        np.where((dutch & keeps) | (second & ~hidden), origin, ""),
    ]
    layers[0] = np.where(hidden, other, layers[0])
    more = np.ones(size, dtype=np.bool_)
    for turn, share in enumerate(settings.rows["nog_een_nationaliteit"]):
        more &= draws.whole(f"nog een {turn}", 1000, size) < share
        layers.append(np.where(more, draws.shuffled(f"nationaliteit {turn}", origin), ""))
    return _packed(layers)


def _packed(layers: list[Texts]) -> dict[str, Texts]:
    """The first four different, filled values of each person, moved up to the first columns."""
    slots = [np.full(len(layers[0]), "", dtype="U4") for _ in range(4)]
    for layer in layers:
        waiting = layer != ""
        for slot in slots:
            waiting &= slot != layer
            here = waiting & (slot == "")
            slot[here] = layer[here]
            waiting &= ~here
    return {f"nationaliteit_{number}": slot for number, slot in enumerate(slots, 1)}


def _origin_nationality(country: Texts, settings: Settings, draws: Draws) -> Texts:
    found = np.full(len(country), "", dtype="U4")
    for code, where in groups(country):
        table = settings.countries[code].nationalities
        chosen = draws.picks(f"nationaliteit {code}", list(table.values()), len(where))
        found[where] = np.array(list(table))[chosen]
    return found


def _registered_municipality(persons: Persons, days: Dates, settings: Settings, draws: Draws) -> Texts:
    """The municipality code as registered: for some one that ended after their status was reached."""
    ended = predecessors(settings)
    found = persons.gemeente.copy()
    for code, where in groups(persons.gemeente):
        old = ended.get(code, [])
        if not old:
            continue
        share = settings.rows["opgeheven_code"].get(code, settings.rows["opgeheven_code"]["anders"])
        chosen = draws.picks(f"opgeheven {code}", [1] * len(old), len(where))
        last_day = np.array([day for _, day in old])[chosen]
        stale = draws.whole(f"opgeheven kans {code}", 1000, len(where)) < share
        stale &= (days.status[where] > 0) & (days.status[where] < last_day)
        found[where[stale]] = np.array([name for name, _ in old])[chosen[stale]]
    return found


def predecessors(settings: Settings) -> dict[str, list[tuple[str, int]]]:
    """By current municipality: the codes that went into it since the law, with the day (yyyymmdd) they ended.

    A code that was split belongs to its main successor. Codes from before the law are left out.
    """
    steps = {
        step.code: step
        for step in reference.reorganisations()
        if step.main_successor and step.day <= settings.peildatum and step.code in reference.municipalities()
    }
    found: dict[str, list[tuple[str, int]]] = {}
    for code, step in steps.items():
        current = step.successor
        while current in steps:
            current = steps[current].successor
        day = as_number(np.array([day_number(step.day)]))
        found.setdefault(current, []).append((code, int(day[0])))
    return found


def groups(values: Texts) -> Iterator[tuple[str, Whole]]:
    """Each distinct value with the positions it has, in the order of the values."""
    distinct, position = np.unique(values, return_inverse=True)
    order = np.argsort(position, kind="stable")
    ends = np.cumsum(np.bincount(position, minlength=len(distinct)))
    yield from zip(distinct.tolist(), np.split(order, ends[:-1]), strict=True)


def text(table: Columns) -> bytes:
    """The delivery as a file: a header and a line for each person, `;` between fields, CRLF, UTF-8, no quotes."""
    fields = [_field(name, table[name]) for name in COLUMNS]
    join = pc.binary_join_element_wise
    lines = join(*fields, SEPARATOR)
    ended = join(lines, pa.scalar(""), LINE_END)
    header = SEPARATOR.join(COLUMNS) + LINE_END
    return header.encode("utf-8") + b"".join(_bytes(chunk) for chunk in _chunks(ended))


def _chunks(lines: Any) -> list[pa.Array]:
    return lines.chunks if isinstance(lines, pa.ChunkedArray) else [lines]


def _bytes(lines: pa.Array) -> bytes:
    """The text of all lines, one after the other: an Arrow array of text keeps it so."""
    offsets = np.frombuffer(lines.buffers()[1], dtype=np.int32)[lines.offset : lines.offset + len(lines) + 1]
    content: bytes = lines.buffers()[2].to_pybytes()
    return content[offsets[0] : offsets[-1]]


def _field(name: str, values: NDArray[Any]) -> pa.Array:
    if name == "persoonsnummer":
        return pa.array(np.char.add(MARK, np.char.zfill(values.astype(np.str_), 8)))
    if values.dtype.kind == "U":
        return pa.array(values)
    texts = pa.array(values).cast(pa.string())
    nothing = "00000000" if name == "geboortedatum" else ""
    return pc.if_else(pa.array(values == 0), nothing, texts)
