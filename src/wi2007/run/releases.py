"""The command `wi2007 uitgaven`, and what a run asks of the registers before it reads anything.

A report that left the house is told by the user, or by its day of publication in `config/report/uitgave.yaml`. It shows
the tables of the peildatum before as well, so the release of those leaves with it (decision 0032).
What does not belong here: when another release is allowed (`wi2007.protection.register`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from wi2007 import fingerprint
from wi2007.decisions import plain
from wi2007.errors import UserError
from wi2007.mapping.levering import delivery_of, find_layout
from wi2007.pipeline import PUBLICATION
from wi2007.project import CONFIG, Run, check_peildatum
from wi2007.protection.register import Register, Release, counted, given, mark, refusal
from wi2007.run.choice import Choice, chain, held_up, left_out, previous
from wi2007.run.process import only_run
from wi2007.settings import OFF
from wi2007.steps.gate import register as registers
from wi2007.steps.gate import secret

if TYPE_CHECKING:
    from schemas.configuration import Configuration

_TABLES: Final = f"{PUBLICATION}tabellen.csv"
_NOTHING: Final = (
    "Er zijn nog geen uitgaven. Een uitgave komt er als wi2007 run het rapport van een echte levering maakt; een proef "
    "en de demonstratie zijn er geen."
)
_UNKNOWN: Final = "niet vastgelegd; telt als ja"
_HEAD: Final = ("peildatum", "uitgave", "afgerond op", "gemaakt op", "naar buiten", "reden")
_GAP: Final = "  "


def command(run: Run, gone: Sequence[str]) -> int:
    """Keep that the reports of these peildata left the house, or show all releases where there are none.

    Return the exit status. Raises `UserError`.
    """
    return keep(run, gone) if gone else tell(run)


def tell(run: Run) -> int:
    """Print the releases of each peildatum and which left the house; return the exit status. Raises `UserError`."""
    lines = [line for peildatum in _peildata(run) for line in _lines(run, peildatum)]
    if not lines:
        print(_NOTHING)
        return 0
    widths = [max(len(line[at]) for line in (_HEAD, *lines)) for at in range(len(_HEAD))]
    for line in (_HEAD, *lines):
        print(_GAP.join(word.ljust(width) for word, width in zip(line, widths, strict=True)).rstrip())
    if any(line[4] == "nee" for line in lines):
        print("\nWat naar buiten gaat, legt u vast met: wi2007 uitgaven --vastleggen PEILDATUM")
    return 0


def _lines(run: Run, peildatum: str) -> Iterator[tuple[str, ...]]:
    register = registers.read(run.register(peildatum))
    for one in register.releases:
        gone = one.naar_buiten if one.naar_buiten else ("nee" if not one.left else _UNKNOWN)
        yield (peildatum, str(one.nummer), str(one.basis), one.op, gone, one.reden)
    if register.replaced:
        count = len(register.replaced)
        told = "1 eerdere is" if count == 1 else f"{count} eerdere zijn"
        yield (peildatum, "", "", "", "nee", f"{told} vervangen en nooit naar buiten gegaan")


def _peildata(run: Run) -> list[str]:
    """The peildata with a register, ascending."""
    folder = run.register("x").parent
    names = sorted(path.stem for path in folder.glob("*.json") if not path.name.endswith(".cellen.json"))
    return [name for name in names if _is_peildatum(name)]


def _is_peildatum(name: str) -> bool:
    try:
        check_peildatum(name)
    except UserError:
        return False
    return True


def keep(run: Run, peildata: Sequence[str]) -> int:
    """Keep that the reports of these peildata left the house today; return the exit status.

    Raises `UserError` where there is no release, or the report is not that of the release: then nothing is kept.
    """
    from wi2007.dates import moment  # noqa: PLC0415  numpy, which a run has no use for

    with only_run(run):
        today = moment()[:10]
        leaving = {at: None for peildatum in peildata for at in _leaving(run, check_peildatum(peildatum))}
        for peildatum, number in leaving:
            before = registers.read(run.register(peildatum)).numbered(number)
            _keep(run, peildatum, number, today)
            _tell_kept(peildatum, before, today, asked=peildatum in peildata)
    return 0


def _leaving(run: Run, peildatum: str) -> list[tuple[str, int]]:
    """The release of a report, and that of the peildatum before whose tables it shows as well."""
    register = registers.read(run.register(peildatum))
    if not register.releases:
        raise UserError(
            f"Van {peildatum} is er geen uitgave om vast te leggen. Maak eerst het rapport: wi2007 run {peildatum}. "
            "Een proef, exacte aantallen en de demonstratie zijn geen uitgave."
        )
    found = _current(run, peildatum, register)
    if found.naast is None:
        return [(peildatum, found.nummer)]
    earlier, trekking = found.naast
    beside = registers.read(run.register(earlier)).drawn(trekking)
    if beside is None:
        raise UserError(
            f"Het rapport van {peildatum} toont ook de aantallen van {earlier}, en die uitgave is sindsdien vervangen. "
            f"Maak het rapport opnieuw en geef alleen dat door: wi2007 run {peildatum}."
        )
    return [(peildatum, found.nummer), (earlier, beside.nummer)]


def _current(run: Run, peildatum: str, register: Register) -> Release:
    """The release that lies in `reports/`; the last one where nothing lies there.

    Raises `UserError` when another one was drawn since the report was put there.
    """
    last = register.releases[-1]
    placed = run.report(peildatum) / "manifest.json"
    if not placed.is_file():
        return last
    try:
        number = json.loads(placed.read_text(encoding="utf-8"))["afronding"]["uitgave"]
        record = json.loads(
            (run.processed(peildatum) / "rapport" / "herkomst.json").read_text(encoding="utf-8")
        )
        drawn = record["tussenbestanden"][_TABLES]["sha256"]
        is_current = fingerprint.digest(run.processed(peildatum) / _TABLES) == drawn
    except (OSError, ValueError, KeyError, TypeError):
        return last
    found = register.numbered(number)
    if found is None or not is_current:
        raise UserError(
            f"Het rapport in reports/{peildatum}/ is niet dat van de laatste uitgave: de aantallen zijn daarna opnieuw "
            f"afgerond. Maak het opnieuw en geef alleen dat door: wi2007 run {peildatum}."
        )
    return found


def _keep(run: Run, peildatum: str, number: int, day: str) -> None:
    path = run.register(peildatum)
    register = registers.read(path)
    kept = register.with_left(number, day)
    if kept != register:
        registers.write(path, peildatum, kept)


def _tell_kept(peildatum: str, before: Release | None, today: str, asked: bool) -> None:
    if before is None:
        return
    if before.naar_buiten:
        print(
            f"{peildatum}: uitgave {before.nummer} stond al vast als naar buiten gegaan ({before.naar_buiten})."
        )
        return
    why = "" if asked else " Haar aantallen staan ook in het andere rapport."
    print(f"{peildatum}: uitgave {before.nummer} is vastgelegd als naar buiten gegaan ({today}).{why}")


def in_house(run: Run, peildata: Sequence[str]) -> list[str]:
    """Return those of these peildata whose last release is not known to have left the house."""
    found = {peildatum: registers.read(run.register(peildatum)).releases for peildatum in peildata}
    return [peildatum for peildatum, releases in found.items() if releases and not releases[-1].left]


def keep_published(run: Run) -> None:
    """Keep of every release with a day of publication in `config/report/uitgave.yaml` that it left the house."""
    if not _peildata(run):
        return
    from wi2007.publication import imprint  # noqa: PLC0415  only where there are releases

    for one in imprint.load(CONFIG / "report" / imprint.FILE).text.uitgaven:
        peildatum = one.peildatum.isoformat()
        found = registers.read(run.register(peildatum)).numbered(one.uitgave)
        if one.publicatiedatum is None or found is None or found.left:
            continue
        _keep(run, peildatum, found.nummer, one.publicatiedatum.isoformat())
        if found.naast is not None:
            earlier, trekking = found.naast
            beside = registers.read(run.register(earlier)).drawn(trekking)
            if beside:
                _keep(run, earlier, beside.nummer, one.publicatiedatum.isoformat())


def allowed(run: Run, choice: Choice, rounding: str, configuration: Configuration) -> Choice:
    """Leave out the peildata of which another release would surely be made without a reason, before anything is read.

    Those that are compared with one wait with it. A draft and exact counts are no release. Raises `UserError` for a
    damaged register.
    """
    if run.draft or rounding == OFF or not _peildata(run):
        return choice
    keep_published(run)

    def found(name: str) -> Path:
        return delivery_of(run, name, find_layout(run.raw / name, name, configuration.layout(name)))

    def before(peildatum: str) -> str | None:
        return previous(run, peildatum, found, left_out())

    told: dict[str, str] = {}
    for peildatum in _with_earlier(choice.peildata, before):
        if message := _refused(run, peildatum, rounding, configuration):
            told[peildatum] = message
    waiting = held_up(choice.peildata, told, before)
    problems = [f"{peildatum}: {message}" for peildatum, message in told.items()]
    problems += [
        f"{peildatum}: wacht, want dit rapport wordt vergeleken met dat van {', '.join(told)}."
        for peildatum in waiting
    ]
    good = tuple(one for one in choice.peildata if one not in told and one not in waiting)
    return replace(choice, peildata=good, problems=(*choice.problems, *problems))


def _with_earlier(peildata: Sequence[str], before: Callable[[str], str | None]) -> list[str]:
    """These peildata and those that they are compared with, directly or not, ascending."""
    return sorted({at for peildatum in peildata for at in (peildatum, *chain(peildatum, before))})


def _refused(run: Run, peildatum: str, rounding: str, configuration: Configuration) -> str:
    """Say why this peildatum surely needs a reason that is not there; empty where that is not sure."""
    register = registers.read(run.register(peildatum))
    if not register.needs_reason(configuration.hertrekking.get(date.fromisoformat(peildatum), "")):
        return ""
    changed = _surely_changed(run, peildatum, register, int(rounding), configuration)
    return refusal(register.left, [changed]) if changed else ""


def _surely_changed(
    run: Run, peildatum: str, register: Register, base: int, configuration: Configuration
) -> str:
    """Tell what differs from every release there is.

    What the program or a code list would do otherwise cannot be seen before persons are read.
    """
    same = [one for one in register.releases if one.basis == base]
    if not same:
        return "een andere basis"
    key = secret.known_key(run.directory)
    if key is None:
        return f"een andere sleutel ({secret.KEY_FILE} is er niet: zet de kopie terug die u bewaart)"
    same = [one for one in same if one.sleutel == mark(key, "sleutel")]
    if not same:
        return "een andere sleutel"
    layout = find_layout(run.raw / peildatum, peildatum, configuration.layout(peildatum))
    delivery = fingerprint.of_delivery(delivery_of(run, peildatum, layout))
    here = mark(key, *given(delivery, layout.digest))
    same = [one for one in same if one.invoer in ("", here)]
    if not same:
        return "een andere levering, of andere instellingen voor die levering"
    tables = mark(key, *counted(plain(CONFIG / "tables.yaml")))
    if any(one.tabellen in ("", tables) for one in same):
        return ""
    return "andere tabellen in config/tables.yaml (andere variabelen tegen elkaar, of over een andere groep)"
