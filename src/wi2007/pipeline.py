"""The steps of the pipeline: what each reads and writes, declared once.

The rules of Snakemake, what `rule all` asks for, the manifest, the lines of progress, the tests of reruns and the table
in `docs/architecture.md` follow from `STEPS`. Imports only the standard library: the Snakefile reads this at every run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Wing = Literal["exact", "cbs", "gate", "public"]
"""Whose code a step runs, and with whose changes it runs again (`wi2007.fingerprint`)."""
Source = Literal["levering", "eerder", "cbs", "kaart", "afronding", "hertrekking", "instellingen"]
"""What a user puts down or sets that changes a step's result, beside its files: tracked by content."""


@dataclass(frozen=True)
class Step:
    """One step.

    `name` is that of the rule and of the module in `wi2007.steps`; `doing` and `done` are the Dutch words of a message
    and of a line of progress. Files are named from `data/processed/<peildatum>/`; a name that ends in / is a folder
    that the step makes as a whole. `earlier` are files of the peildatum before this one, if there is one. The step that
    `is_last` puts the report in `reports/<peildatum>/` as well.
    """

    name: str
    doing: str
    done: str
    wing: Wing
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ("levering",)
    is_last: bool = False


_COUNTED = ("kubus.parquet", "verwerking.json")
_PERSONS = ("personen.parquet", "uitgesloten.parquet", *_COUNTED)
_CBS = ("publicatie/cbs.csv", "publicatie/cbs.json")
_RELEASED = (
    "publicatie/tabellen.csv",
    "publicatie/verwerking.json",
    "publicatie/reproductie.csv",
    "publicatie/tempo.csv",
    "publicatie/verandering.csv",
    "publicatie/verandering.json",
    "publicatie/gevoeligheid.csv",
    "publicatie/gevoeligheid.json",
)
_FORESEEN = (
    "publicatie/verwerking.json",
    "publicatie/tempo.csv",
    "publicatie/verandering.csv",
    "publicatie/verandering.json",
)
_LAID_OUT = ("publicatie/inhoud.json", "publicatie/grafieken/", "rapport/downloads/")

_STEPS = (
    Step(
        "read",
        "personen lezen, controleren en tellen",
        "personen gelezen, gecontroleerd en geteld",
        wing="exact",
        writes=(
            *_PERSONS,
            "uitstroom.parquet",
            "varianten.parquet",
            "beleid.parquet",
            "validatie.json",
            "verdeling.json",
            "rapport/intern/validatie.html",
            "rapport/intern/validatie.csv",
        ),
        earlier=("verdeling.json",),
        sources=("levering", "eerder"),
    ),
    Step(
        "compare",
        "verschil met de vorige peildatum tellen",
        "verschil met de vorige peildatum geteld",
        wing="exact",
        reads=_PERSONS,
        writes=("stromen.parquet", "stromen.json"),
        earlier=_PERSONS,
        sources=("levering", "eerder"),
    ),
    Step(
        "cbs",
        "tabel van het CBS lezen",
        "tabel van het CBS gelezen",
        wing="cbs",
        writes=_CBS,
        sources=("cbs",),
    ),
    Step(
        "protect",
        "aantallen beschermen en nagaan",
        "aantallen beschermd en nagegaan",
        wing="gate",
        reads=(
            *_COUNTED,
            "uitstroom.parquet",
            "varianten.parquet",
            "beleid.parquet",
            "stromen.parquet",
            "stromen.json",
            "publicatie/cbs.csv",
        ),
        writes=(
            "tabellen.csv",
            "contracten.json",
            *_RELEASED,
            "outputcontrole/verslag.txt",
            "outputcontrole/verslag.json",
            "outputcontrole/cellen.csv",
            "outputcontrole/afgerond.json",
            "outputcontrole/verandering.json",
            "outputcontrole/gevoeligheid.json",
        ),
        earlier=(*_COUNTED, "outputcontrole/afgerond.json"),
        sources=("levering", "eerder", "cbs", "afronding", "hertrekking"),
    ),
    Step(
        "content",
        "teksten en grafieken maken",
        "teksten en grafieken gemaakt",
        wing="public",
        reads=(*_RELEASED, *_CBS),
        writes=(
            "publicatie/uitspraken.csv",
            "publicatie/vooruitzicht.csv",
            "publicatie/vooruitzicht.json",
            *_LAID_OUT,
        ),
        earlier=_FORESEEN,
        sources=("levering", "eerder", "cbs", "kaart"),
    ),
    Step(
        "html",
        "rapport.html opmaken",
        "rapport.html opgemaakt",
        wing="public",
        reads=_LAID_OUT,
        writes=("rapport/rapport.html",),
        sources=("levering", "cbs"),
    ),
    Step(
        "pdf",
        "rapport.pdf en bijlagen.pdf opmaken",
        "rapport.pdf en bijlagen.pdf opgemaakt",
        wing="public",
        reads=_LAID_OUT,
        writes=("rapport/pdf/",),
        sources=("levering", "cbs"),
    ),
    Step(
        "workbooks",
        "werkboeken maken",
        "werkboeken gemaakt",
        wing="public",
        reads=("publicatie/inhoud.json", "rapport/downloads/"),
        writes=("rapport/werkboeken/",),
        sources=("levering", "cbs"),
    ),
)
_PLACE = Step(
    "place",
    "herkomst vastleggen en rapport klaarzetten",
    "herkomst vastgelegd en rapport klaargezet",
    wing="public",
    reads=tuple(name for step in _STEPS for name in step.writes),
    writes=("rapport/herkomst.json",),
    sources=("levering", "cbs", "afronding", "instellingen"),
    is_last=True,
)
STEPS: dict[str, Step] = {step.name: step for step in (*_STEPS, _PLACE)}

PUBLICATION = "publicatie/"
"""The folder whose files may be published: right of the gate nothing else is read."""
REPORT = "rapport/"
"""The folder where a report is made ready."""


def between() -> Iterator[str]:
    """Give every file and folder that a step writes between delivery and report, in the order of the steps."""
    return (name for step in STEPS.values() for name in step.writes if not name.startswith(REPORT))


def overview() -> str:
    """Give the table of steps for `docs/architecture.md`: files by folder, as Markdown."""
    head = [
        "| step | wing | reads | of the peildatum before | writes | tracked |",
        "|---|---|---|---|---|---|",
    ]
    lines = []
    for step in STEPS.values():
        reads = "all that the other steps write" if step.is_last else _listed(step.reads)
        writes = _listed(step.writes) + ("; all of `reports/<peildatum>/`" if step.is_last else "")
        tracked = ", ".join(step.sources)
        lines.append(
            f"| `{step.name}` | {step.wing} | {reads} | {_listed(step.earlier)} | {writes} | {tracked} |"
        )
    return "\n".join([*head, *lines])


WINGS: dict[Wing, str] = {
    "exact": "exact: personen en aantallen, alleen in data/",
    "cbs": "cijfers van het CBS",
    "gate": "de poort: onthullingscontrole",
    "public": "openbaar: alleen uit publicatie/",
}
"""What the graph calls each wing."""


def follows() -> dict[str, list[str]]:
    """Give for each step those whose files it reads, leaving out what another of them has already waited for."""
    makers = {name: step.name for step in STEPS.values() for name in step.writes}
    direct = {step.name: {makers[name] for name in step.reads} for step in STEPS.values()}
    every: dict[str, set[str]] = {}
    for name, before in direct.items():
        every[name] = before.union(*(every[one] for one in before))
    return {
        name: [one for one in STEPS if one in before and not any(one in every[other] for other in before)]
        for name, before in direct.items()
    }


def graph() -> str:
    """Give the graph of steps for the README, in Mermaid: by wing, from the delivery to the report."""
    lines = ["```mermaid", "flowchart LR", "  levering([levering in data/raw]) --> read"]
    for wing, called in WINGS.items():
        inside = [
            f'    {step.name}["{step.name}: {step.doing}"]' for step in STEPS.values() if step.wing == wing
        ]
        lines += [f'  subgraph {wing}_wing["{called}"]', *inside, "  end"]
    lines += [f"  {before} --> {name}" for name, many in follows().items() for before in many]
    lines += [f"  {step.name} --> rapport([rapport in reports])" for step in STEPS.values() if step.is_last]
    return "\n".join([*lines, "```"])


def _listed(names: tuple[str, ...]) -> str:
    """Names put together by folder: `publicatie/`: cbs.csv, cbs.json."""
    folders: dict[str, list[str]] = {}
    for name in names:
        folder, slash, file = name.rstrip("/").rpartition("/")
        folders.setdefault(folder + slash, []).append(f"`{file}{'/' if name.endswith('/') else ''}`")
    parts = [
        f"in `{folder}` {', '.join(files)}" if folder else ", ".join(files)
        for folder, files in folders.items()
    ]
    return "; ".join(parts) or "–"
