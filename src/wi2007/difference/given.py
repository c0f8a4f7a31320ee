"""What went into two reports and differs: delivery, corrections, code lists, settings, program.

Digests are compared here and never told: that of a small delivery would let somebody try a guess.
What does not belong here: files (`wi2007.run.account`), what came out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

DELIVERY_UNKNOWN = (
    "Of de levering dezelfde is, is niet te zien: van een van beide is niet bekend waar zij van is gemaakt."
)
SAME = "Er is niets anders aan de levering, de correcties, de codelijsten, de instellingen en het programma."


@dataclass(frozen=True)
class Given:
    """What a report was made of. Values of `marks`, `files` and `workbooks` only mean something beside another's.

    `marks` has the delivery (`levering`), and what was set for it (`indeling`, `correcties`; empty where nothing is);
    what is not known has no key. `files` are the project's own by name, `settings` what its YAML files say, `program`
    its version, commit and libraries.
    """

    marks: Mapping[str, str] = field(default_factory=dict)
    delivery: str = ""
    workbooks: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    program: Mapping[str, Any] = field(default_factory=dict)


def differences(before: Given, after: Given) -> list[str]:
    """Say in Dutch what differs, what is nearest to the persons first; one sentence where nothing does."""
    found = [
        *_delivery(before, after),
        *_set(before, after),
        *_workbook(before, after),
        *_files(before, after),
        *_program(before, after),
    ]
    return found or [SAME]


def _delivery(before: Given, after: Given) -> Iterator[str]:
    then, now = before.marks.get("levering"), after.marks.get("levering")
    if then is None or now is None:
        yield DELIVERY_UNKNOWN
    elif then != now:
        yield f"De levering is een andere{_names(before.delivery, after.delivery)}."


def _names(then: str, now: str) -> str:
    return f" ({now})" if then == now else f": eerst {then}, nu {now}"


def _set(before: Given, after: Given) -> Iterator[str]:
    for name, words in (
        ("correcties", "De correcties (correcties.yaml) zijn"),
        ("indeling", "De indeling van de levering (levering.yaml, of wat 'indeling' noemt) is"),
    ):
        if name in before.marks and name in after.marks and before.marks[name] != after.marks[name]:
            yield f"{words} {_how(before.marks[name], after.marks[name])}."


def _how(then: str, now: str) -> str:
    return "veranderd" if then and now else "erbij gekomen" if now else "weggehaald"


def _workbook(before: Given, after: Given) -> Iterator[str]:
    then, now = dict(before.workbooks), dict(after.workbooks)
    if then != now:
        yield f"Het werkboek van het CBS is {_how(''.join(then), ''.join(now))}."


def _files(before: Given, after: Given) -> Iterator[str]:
    """Tell of code lists and settings which differ, and of settings under which of their keys."""
    if not before.files or not after.files:
        return
    names = sorted(
        name
        for name in before.files.keys() | after.files.keys()
        if before.files.get(name) != after.files.get(name)
    )
    for folder, words in (("reference/", "Codelijsten"), ("config/", "Instellingen")):
        inside = [_told(name, before, after) for name in names if name.startswith(folder)]
        if inside:
            yield f"{words} die anders zijn: {', '.join(inside)}."


def _told(name: str, before: Given, after: Given) -> str:
    if name not in before.files or name not in after.files:
        return f"{name} ({_how(before.files.get(name, ''), after.files.get(name, ''))})"
    keys = _keys(before.settings.get(name), after.settings.get(name))
    return f"{name} ({', '.join(keys)})" if keys else name


def _keys(then: Any, now: Any) -> list[str]:
    if not isinstance(then, Mapping) or not isinstance(now, Mapping):
        return []
    return [str(key) for key in {**then, **now} if then.get(key) != now.get(key)]


def _program(before: Given, after: Given) -> Iterator[str]:
    then, now = before.program, after.program
    if not then or not now:
        return
    if _code(before) != _code(after):
        places = [_version(one) for one in (then, now)]
        yield f"Het programma is een ander{f': eerst {places[0]}, nu {places[1]}' if places[0] != places[1] else ''}."
    libraries = [
        f"{name} ({then['versies'].get(name, 'niet')} → {now['versies'].get(name, 'niet')})"
        for name in sorted(then["versies"].keys() | now["versies"].keys())
        if then["versies"].get(name) != now["versies"].get(name)
    ]
    if libraries:
        yield f"Bibliotheken met een andere versie: {', '.join(libraries)}."


def _code(given: Given) -> tuple[Any, dict[str, str]]:
    """The modules of the program, and its contracts."""
    contracts = {name: value for name, value in given.files.items() if name.startswith("schemas/")}
    return given.program.get("modules"), contracts


def _version(program: Mapping[str, Any]) -> str:
    commit = program.get("commit")
    changed = ", met veranderingen die niet zijn vastgelegd" if program.get("gewijzigd") else ""
    return f"versie {program['versie']}" + (f" (commit {commit[:10]}{changed})" if commit else "")


def from_record(record: Mapping[str, Any]) -> Given:
    """Take what a record (`herkomst.json`, or a manifest) says went in. Raises `KeyError` or `TypeError`."""
    about = record["levering"]
    marks = {"levering": about.get("sha256", about.get("kenmerk"))}
    marks |= {name: about.get(name) for name in ("indeling", "correcties")}
    return Given(
        marks={name: str(value) for name, value in marks.items() if value is not None},
        delivery=str(about.get("bestand", "")),
        workbooks=_digests(record.get("cbs", {}).items()),
        files=_digests(record["invoer"].items()),
        settings=record["instellingen"],
        program={**record["programma"], "versies": record["versies"]},
    )


def _digests(files: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, str]:
    return {name: str(about["sha256"]) for name, about in files}
