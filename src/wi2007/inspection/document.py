"""Write the proposal as a levering.yaml: probable settings, open questions, and the evidence beside each.

The text is the same for the same file.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from schemas.columns import REQUIRED
from schemas.levering import PARTS, RESULT, Reading
from schemas.values import MAY_BE_EMPTY
from wi2007 import dutch
from wi2007.delivery.source import Decision
from wi2007.inspection import wording
from wi2007.inspection.proposal import Entry, Proposal
from wi2007.inspection.recode import Answer, Line, Recode, also
from wi2007.inspection.settings import Settings

_WIDTH: Final = 118
_PLAIN: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_MEANT_OTHERWISE: Final = ("null", "true", "false", "yes", "no", "on", "off", "y", "n")
_FILL_IN: Final = "VUL_IN"
OPENING: Final = (
    "Voorstel van wi2007 inspect. Lees het na en verbeter wat niet klopt. Uitleg staat in docs/indeling.md.",
    "Links staat onze kolom, rechts de naam van het veld in het bestand. Een regel achter # telt niet mee.",
)


@dataclass(frozen=True)
class About:
    """The file that the text is about. `set_reading` is what `lezen` sets by hand."""

    file: str
    peildatum: str | None
    alone: bool
    decisions: Sequence[Decision]
    set_reading: Mapping[str, str]


def levering(proposal: Proposal, about: About, settings: Settings) -> str:
    """Return the text of levering.yaml."""
    lines = [*map(comment, OPENING), ""]
    lines += file_lines(about)
    lines += _day_lines(proposal)
    lines += _reading_lines(about)
    lines += _column_lines(proposal, settings)
    lines += [
        "",
        comment("Welke regels van config/normalisation.yaml gelden: alle, geen, of een lijst met namen."),
    ]
    return "\n".join([*lines, "normaliseren: alle", ""])


def comment(text: str, indent: str = "") -> str:
    """Return a YAML comment of any length."""
    return "\n".join(
        textwrap.wrap(text, _WIDTH, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}# ")
    )


def scalar(text: str) -> str:
    """Return a text as YAML reads it back, between quotation marks where that is safer."""
    if _PLAIN.fullmatch(text) and text.lower() not in _MEANT_OTHERWISE:
        return text
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(letter: str) -> str:
    if letter in '"\\':
        return "\\" + letter
    if letter.isprintable():
        return letter
    return f"\\u{ord(letter):04x}" if ord(letter) < 0x10000 else f"\\U{ord(letter):08x}"


def file_lines(about: About) -> list[str]:
    """Return the lines that name the file, as a setting where the folder has more, and the peildatum."""
    lines = [f"{'# ' if about.alone else ''}bestand: {scalar(about.file)}"]
    if about.peildatum:
        lines.append(f"peildatum: {about.peildatum}")
    return lines


def _day_lines(proposal: Proposal) -> list[str]:
    day = proposal.day
    if day is None or day.field.place not in proposal.nameable:
        return []
    setting = f"peildatum_kolom: {scalar(day.field.name)}"
    if day.agrees:
        return [comment("In dit veld staat in elke rij de peildatum; dat wordt gecontroleerd."), setting]
    return [comment("VRAAG: is dit veld de peildatum? In elke rij staat dezelfde datum."), f"# {setting}"]


def _reading_lines(about: About) -> list[str]:
    """Return what was decided, as settings to correct by hand where they are wrong."""
    lines = [
        "",
        comment(
            "Zo is het bestand gelezen. Klopt iets niet, stel het dan in onder lezen (docs/indeling.md)."
        ),
    ]
    if about.set_reading:
        lines += ["lezen:", *(f"  {name}: {scalar(value)}" for name, value in about.set_reading.items())]
    else:
        lines.append("# lezen:")
    together = dict(about.set_reading)
    for decision in about.decisions:
        if decision.subject in about.set_reading:
            continue
        if _can_be_set(together, decision):
            together[decision.subject] = decision.value
            lines.append(f"#   {decision.subject}: {scalar(decision.value)}   # {decision.reason}")
        else:
            lines.append(
                comment(f"Ook gevonden: {decision.subject} {decision.value}. {decision.reason}", "  ")
            )
    return lines


def _can_be_set(together: Mapping[str, str], decision: Decision) -> bool:
    """Return whether a decision can stand under `lezen` beside the others."""
    number = decision.subject == "koprij"
    try:
        Reading.model_validate(
            {**together, decision.subject: str(decision.value) if number else decision.value}
        )
    except ValidationError:
        return False
    return True


def _column_lines(proposal: Proposal, settings: Settings) -> Iterator[str]:
    any_set = any(entry.is_set for entry in proposal.entries)
    yield from ("", "kolommen:" if any_set else "# kolommen:")
    for entry in proposal.entries:
        yield comment(_verdict(entry, settings), "  ")
        if entry.is_set:
            yield from (f"  {line}" for line in _setting(entry))
        else:
            yield from (comment_of(line) for line in _asking(entry, proposal))
    unused = _unused(proposal)
    if unused:
        yield comment(f"Velden die niet worden gelezen: {', '.join(unused)}.", "  ")


def comment_of(line: str) -> str:
    """Return a setting that does not count yet; without `# ` it does."""
    return f"  # {line}"


def _verdict(entry: Entry, settings: Settings) -> str:
    words = f"{entry.found.verdict.value}: {wording.reason(entry, settings)}"
    rare = entry.recode.rare if entry.recode is not None else 0
    if rare:
        few = dutch.count(settings.grenzen.rijen_per_code)
        words += f"; codes met minder dan {few} rijen staan er niet bij ({dutch.count(rare)})"
    return f"{words}. Lees de vertaling na" if entry.recode is not None and entry.is_set else words


def _asking(entry: Entry, proposal: Proposal) -> Iterator[str]:
    """Yield the question, and what an answer looks like."""
    yield f"VRAAG: {wording.question_text(entry, proposal.seen.profiles, names_are_names=True)}"
    found = entry.found
    if entry.recode is not None:
        yield from _recoded(entry.recode)
        yield from _answers(entry, also(found), proposal)
        return
    if entry.asked is not None:
        yield from _answers(entry, entry.asked.answers, proposal)
        return
    places = () if found.field is None else (found.field.place, *found.others)
    for place in places:
        if place in proposal.nameable:
            yield f"{entry.column}: {scalar(proposal.seen.profiles[place].name)}"
        else:
            yield f"{entry.column}: {_FILL_IN}   # veld {place + 1} van het bestand; de naam is hier niet te gebruiken"
    if not places:
        optional = "" if entry.column in REQUIRED else "; deze kolom hoeft er niet te zijn"
        yield f"{entry.column}: {_FILL_IN}   # de naam van het veld{optional}"
        empty = [
            profile
            for profile in proposal.seen.profiles
            if not profile.filled and profile.place in _free(proposal)
        ]
        if entry.column in MAY_BE_EMPTY and empty:
            yield f"Velden zonder waarden: {', '.join(scalar(profile.name) for profile in empty[:8])}."
    if entry.column in MAY_BE_EMPTY and entry.column in REQUIRED:
        yield f"{entry.column}: leeg   # als de levering deze kolom niet heeft"


def _answers(entry: Entry, answers: Sequence[Answer], proposal: Proposal) -> Iterator[str]:
    """Yield a line for each answer, to choose one."""
    field = entry.fields[0]
    name = scalar(field.name) if field.place in proposal.nameable else _FILL_IN
    for answer in answers:
        yield f"{entry.column}: {{kolom: {name}, {answer.setting}}}   # {answer.note}"


def _setting(entry: Entry) -> list[str]:
    if entry.recode is not None:
        return list(_recoded(entry.recode))
    if entry.parts:
        names = zip(PARTS, entry.parts, strict=True)
        return [f"{entry.column}: {{{', '.join(f'{part}: {scalar(one.name)}' for part, one in names)}}}"]
    assert entry.found.field is not None
    return [f"{entry.column}: {scalar(entry.found.field.name)}"]


def _recoded(recode: Recode) -> Iterator[str]:
    names = [scalar(profile.name) for profile in recode.fields]
    ours = f"{_FILL_IN}   # onze waarde"
    yield f"{recode.column}:"
    if len(names) == 1:
        yield from (f"  kolom: {names[0]}", "  waarden:")
        lines: Sequence[Line] = recode.lines
        yield from (_code_line(line) for line in lines)
        if not lines:
            yield f'    "code in het bestand": {ours}'
        return
    yield from (f"  kolommen: [{', '.join(names)}]", "  waarden:")
    yield from (f"    - {_combination(names, line)}" for line in recode.lines)
    if not recode.lines:
        yield f'    - {{{names[0]}: "code", {names[1]}: "code van de grond", {RESULT}: {_FILL_IN}}}'


def _code_line(line: Line) -> str:
    label = f", label {scalar(line.label)}" if line.label else ""
    return f"    {scalar(line.codes[0])}: {line.ours or _FILL_IN}   # {_rows(line.rows)}{label}"


def _combination(names: Sequence[str], line: Line) -> str:
    pairs = [f"{name}: {scalar(code)}" for name, code in zip(names, line.codes, strict=False)]
    note = f"   # {_rows(line.rows)}" if line.rows else ""
    return f"{{{', '.join(pairs)}, {RESULT}: {line.ours or _FILL_IN}}}{note}"


def _rows(rows: int) -> str:
    return f"{dutch.count(rows)} rijen"


def _free(proposal: Proposal) -> frozenset[int]:
    """Return the fields that stand for nothing."""
    used = {field.place for entry in proposal.entries for field in entry.fields}
    used |= {proposal.day.field.place} if proposal.day else set()
    return proposal.nameable - used


def _unused(proposal: Proposal) -> list[str]:
    return [scalar(proposal.seen.profiles[place].name) for place in sorted(_free(proposal))]
