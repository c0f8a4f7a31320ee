"""Find levering.yaml, merge it over the layout it begins with, word every mistake in it; find the files of a peildatum.

`data/raw/<peildatum>/levering.yaml` comes first, then the layout that `indeling` in config.yaml names, then the names
as they are. Neither Arrow nor numpy is imported: the command line reads this at every run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from schemas.levering import Levering
from wi2007.decisions import Place, read_yaml
from wi2007.errors import UserError
from wi2007.mapping.corrections import NONE, CorrectionList, find_corrections
from wi2007.mapping.normalise.rules import listed
from wi2007.project import CONFIG, Run, parts_of

NAME: Final = "levering.yaml"
LAYOUTS: Final = CONFIG / "deliveries"
_MISTAKEN: Final = ("levering.yml", "levering.yaml.txt", "levering.yml.txt", NAME)


@dataclass(frozen=True)
class Layout:
    """The settings for a delivery with the line of each for messages, and the corrections of its values."""

    levering: Levering = field(default_factory=Levering)
    places: Mapping[Place, str] = field(default_factory=dict)
    corrections: CorrectionList = NONE

    def wrong(self, place: Place, message: str) -> UserError:
        """Return an error about a setting, with the file and the line."""
        return UserError(f"{_where(self.places, place)}: {message}")

    @property
    def digest(self) -> str:
        """The SHA-256 of the settings and the corrections; comments and layout make no difference.

        Empty when nothing is set.
        """
        if self.levering == Levering():
            return self.corrections.digest
        content = self.levering.model_dump_json() + self.corrections.digest
        return hashlib.sha256(content.encode()).hexdigest()

    @property
    def digests(self) -> dict[str, str]:
        """`instellingen`, the digest of all, and those of `indeling` and `correcties` alone: to say which changed."""
        alone = replace(self, corrections=NONE)
        return {
            "instellingen": self.digest,
            "indeling": alone.digest,
            "correcties": self.corrections.digest,
        }


NOTHING: Final = Layout()
"""No settings: names as they are, everything found by name."""


def find_layout(folder: Path, peildatum: str, configured: str | None) -> Layout:
    """Return the layout of the delivery in `folder`, with its corrections; `configured` is the one that config.yaml
    names.

    Raises `UserError` for every mistake in it.
    """
    return replace(find_settings(folder, peildatum, configured), corrections=find_corrections(folder))


def find_settings(folder: Path, peildatum: str, configured: str | None) -> Layout:
    """Return the same without the corrections: the values as the delivery has them."""
    path = levering_file(folder)
    return read_layout(path, peildatum) if path else configured_layout(configured, peildatum)


def configured_layout(name: str | None, peildatum: str, folder: Path = LAYOUTS) -> Layout:
    """Return the layout that config.yaml names.

    Raises `UserError` when there is none of that name, or for a mistake in it.
    """
    if name is None:
        return NOTHING
    path = _named(name, "In config/config.yaml", folder)
    return _checked(*_read(path, f"config/deliveries/{path.name}"), peildatum)


def levering_file(folder: Path) -> Path | None:
    """Return the levering.yaml of a folder, None without one.

    Raises `UserError` when one is there under another name.
    """
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    if NAME in names:
        return folder / NAME
    for name in names:
        if name.lower() in _MISTAKEN:
            raise UserError(
                f"In data/raw/{folder.name}/ staat {name}. Geef het bestand de naam {NAME}: "
                "alleen dan wordt het gelezen."
            )
    return None


def read_layout(path: Path, peildatum: str, folder: Path = LAYOUTS) -> Layout:
    """Return the settings of a levering.yaml, merged over the layout that it names.

    Raises `UserError` for every mistake in either.
    """
    content, places = _read(path, f"data/raw/{path.parent.name}/{path.name}")
    own = _checked(content, places, peildatum)
    if own.levering.indeling is None:
        return own
    base = _named(own.levering.indeling, _where(places, ("indeling",)), folder)
    below, below_places = _read(base, f"config/deliveries/{base.name}")
    _checked(below, below_places, peildatum)
    return _checked(_above(content, below), {**below_places, **places}, peildatum)


def _named(name: str, where: str, folder: Path) -> Path:
    names = sorted(path.stem for path in folder.glob("*.yaml"))
    if name not in names:
        raise UserError(
            f"{where} noemt 'indeling' een bestand dat niet in config/deliveries/ staat. Kies uit: {', '.join(names)}."
        )
    return folder / f"{name}.yaml"


def _read(path: Path, name: str) -> tuple[dict[str, Any], dict[Place, str]]:
    content, lines = read_yaml(path, name)
    if name.startswith("config/") and "indeling" in content:
        raise UserError(
            f"In {name} kan geen 'indeling' staan: dit bestand is er zelf een. Haal de regel weg."
        )
    return content, {(): name, **{place: f"{name}, regel {line}" for place, line in lines.items()}}


def _above(content: dict[str, Any], below: dict[str, Any]) -> dict[str, Any]:
    """Return `content` merged over `below`: `content` decides on keys that both have; `lezen` and `kolommen` go key
    by key.
    """
    together = {**below, **content}
    for key in ("lezen", "kolommen"):
        together.update({key: {**below[key], **content[key]}} if key in below and key in content else {})
    return together


def _checked(content: dict[str, Any], places: Mapping[Place, str], peildatum: str) -> Layout:
    try:
        levering = Levering.model_validate(content)
    except ValidationError as error:
        raise UserError("\n".join(_message(problem, places) for problem in error.errors())) from None
    layout = Layout(levering, places)
    for place, message in levering.mistakes():
        raise layout.wrong(place, message)
    if levering.peildatum is not None and levering.peildatum != date.fromisoformat(peildatum):
        raise layout.wrong(
            ("peildatum",),
            f"de peildatum is niet die van de map data/raw/{peildatum}/. "
            "Verbeter de datum of zet de levering in de juiste map.",
        )
    if isinstance(levering.normaliseren, tuple):
        names = [rule.name for rule in listed()]
        for at, name in enumerate(levering.normaliseren):
            if name not in names:
                raise layout.wrong(
                    ("normaliseren", at), f"de regel '{name}' bestaat niet. Kies uit: {', '.join(names)}."
                )
    return layout


def _where(places: Mapping[Place, str], place: Place) -> str:
    """Return the line of a setting, or of the nearest one around it that has a line."""
    while place and place not in places:
        place = place[:-1]
    return f"In {places.get(place, NAME)}"


def _message(problem: Any, places: Mapping[Place, str]) -> str:
    place = tuple(problem["loc"])
    where, key = _where(places, place), place[-1] if place else ""
    match problem["type"]:
        case "levering":
            return f"{where}: {problem['ctx']['message']}"
        case "extra_forbidden":
            known = list(type(_part(place[:-1])).model_fields)
            return f"{where}: '{key}' bestaat niet als instelling. Kies uit: {', '.join(known)}."
        case "literal_error":
            return f"{where}: '{key}' heeft een waarde die niet kan. Kies uit: {_choices(problem)}."
    return f"{where}: '{key}' heeft een waarde die hier niet kan staan. docs/indeling.md geeft voorbeelden."


def _choices(problem: Any) -> str:
    return str(problem["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")


def _part(place: Place) -> Any:
    return Levering().lezen if place[:1] == ("lezen",) else Levering()


def delivery_of(run: Run, peildatum: str, layout: Layout) -> Path:
    """The file that is the delivery: the one that levering.yaml names (`bestand`), or else the only one there is."""
    name = layout.levering.bestand
    if name is None and not run.candidates(peildatum):
        raise UserError(f"{run.no_file(peildatum)}{_other_files(run, peildatum)}")
    if name is None:
        return run.delivery(peildatum)
    path = run.raw / peildatum / name
    parts = parts_of(path)
    if path.is_file() and len(parts) > 1:
        raise layout.wrong(
            ("bestand",),
            f"dit bestand is een van {len(parts)} delen van een levering. Haal 'bestand' weg: dan worden alle delen "
            "samen gelezen. Zijn het geen delen, geef ze dan namen zonder volgnummer.",
        )
    if not path.is_file() and not (path.is_dir() and parts):
        raise layout.wrong(
            ("bestand",),
            f"dit bestand staat niet in data/raw/{peildatum}/. Schrijf de naam precies zoals hij daar staat.",
        )
    for part in parts:
        run.check_file(part, peildatum)
    return path


def _other_files(run: Run, peildatum: str) -> str:
    """What the files are that lie in the place of a delivery, as far as that helps: their names may say too little."""
    from wi2007.delivery.kinds import kind_of  # noqa: PLC0415  only where there is nothing to read
    from wi2007.delivery.problems import UnreadableError, kind_message  # noqa: PLC0415

    words = ""
    for path in run.others(peildatum):
        with suppress(OSError, UnreadableError):
            message = kind_message(kind_of(path)) if path.is_file() else ""
            words += f" Over {path.name}: {message}" if message and path.name.isprintable() else ""
    return words


def cbs_workbook_of(run: Run, peildatum: str, layout: Layout) -> Path | None:
    """The CBS workbook beside the delivery, if there is one; what levering.yaml names as the delivery is none."""
    return run.cbs_workbook(peildatum, layout.levering.bestand)
