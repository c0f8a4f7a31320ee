"""Where things are: the project's own folders, and the data and reports of a run.

Imports only the standard library: the Snakefile and the command line read this at every run.
What does not belong here: the content of any file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wi2007.errors import UserError

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / "config"
REFERENCE = ROOT / "reference"

TEXT_SUFFIXES = (".csv", ".txt", ".tsv", ".tab", ".asc", ".dat")
PACKED_SUFFIXES = (".gz", ".zip")
"""Around a text."""
BOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
CASES_SUFFIXES = (".sav", ".zsav", ".por", ".dta", ".sas7bdat", ".xpt")
PARQUET_SUFFIXES = (".parquet", ".pq")
ARROW_SUFFIXES = (*PARQUET_SUFFIXES, ".feather", ".arrow", ".arrows", ".ipc")
DELIVERY_SUFFIXES = (*TEXT_SUFFIXES, *BOOK_SUFFIXES, *CASES_SUFFIXES, *ARROW_SUFFIXES, *PACKED_SUFFIXES)
LEVERING = "levering.yaml"
CBS_LAYOUT = "cbs.yaml"
CORRECTIONS = "correcties.yaml"
_OTHER_BOOKS = tuple(ending for ending in BOOK_SUFFIXES if ending != ".xlsx")
DEMONSTRATION_PEILDATUM = "2022-07-01"
FOLLOW_UP_PEILDATUM = "2023-10-01"
"""Of the follow-up demonstration delivery (`wi2007 demo --vervolg`)."""
EXACT = "niet-voor-publicatie"
"""Stands in the name of every file that shows exact counts."""
DRAFT = "proef-niet-voor-publicatie"
"""Stands in the name of every file of a draft (`wi2007 run --proef`), whether its counts are rounded or not."""
PUBLIC = ""
"""The mark of what may be published: none."""
MARKS = (DRAFT, EXACT, PUBLIC)
DRAFTED = "-proef"
"""Stands behind the peildatum in the names of the folders of a draft."""
REPORT_FILES = ("rapport.html", "rapport.pdf", "bijlagen.pdf", "manifest.json")
INTERNAL = "intern"
"""The folder beside a report with what is for the researcher alone and is never published."""
INTERNAL_FILES = (f"{INTERNAL}/validatie.html", f"{INTERNAL}/validatie.csv")
"""They name rows of the delivery."""


def mark_of(exact: bool, draft: bool) -> str:
    """The mark of a report: `DRAFT`, `EXACT` or `PUBLIC`."""
    return DRAFT if draft else EXACT if exact else PUBLIC


def report_files(mark: str) -> list[str]:
    """The files that lie in a report's folder whatever its tables."""
    return [*(marked(name, mark) for name in REPORT_FILES), *INTERNAL_FILES]


def marked(name: str, mark: str) -> str:
    """A file's name with the mark of its report in it: rapport.niet-voor-publicatie.pdf."""
    if not mark or EXACT in name:
        return name
    path = Path(name)
    return path.with_name(f"{path.stem}.{mark}{path.suffix}").as_posix()


@dataclass(frozen=True)
class Run:
    """The data and reports of one working directory (`--directory`; the project itself by default).

    A `draft` reads the same deliveries and has folders of its own for all that is made.
    """

    directory: Path = ROOT
    draft: bool = False

    @property
    def raw(self) -> Path:
        """Deliveries, a folder for each peildatum; read-only."""
        return self.directory / "data" / "raw"

    def processed(self, peildatum: str) -> Path:
        """What the pipeline keeps for itself: exact, never published."""
        return self.directory / "data" / "processed" / self.folder_name(peildatum)

    def folder_name(self, peildatum: str) -> str:
        """The name of the folders in which a report of a peildatum is made and put."""
        return f"{peildatum}{DRAFTED}" if self.draft else peildatum

    def publication(self, peildatum: str) -> Path:
        """The only folder that reports, charts and downloads are made from."""
        return self.processed(peildatum) / "publicatie"

    def report(self, peildatum: str) -> Path:
        """What readers get."""
        return self.directory / "reports" / self.folder_name(peildatum)

    def register(self, peildatum: str) -> Path:
        """The releases of a peildatum; kept from run to run, and therefore no output of a step."""
        return self.directory / "data" / "uitgaven" / f"{peildatum}.json"

    def internal(self, peildatum: str) -> Path:
        """What the researcher gets, and no reader."""
        return self.report(peildatum) / INTERNAL

    def peildata(self) -> list[str]:
        """Every peildatum with a folder under `data/raw/`, ascending.

        Raises `UserError` when a folder's name is no date.
        """
        if not self.raw.is_dir():
            return []
        names = sorted(p.name for p in self.raw.iterdir() if p.is_dir() and not p.name.startswith("."))
        return [check_peildatum(name) for name in names]

    def folder(self, peildatum: str) -> Path:
        """`data/raw/<peildatum>/`. Raises `UserError` when it is not there."""
        folder = self.raw / check_peildatum(peildatum)
        if not folder.is_dir():
            raise UserError(
                f"Er is geen levering voor peildatum {peildatum}: de map data/raw/{peildatum}/ bestaat niet. "
                "Maak de map en zet het bestand van DUO erin."
            )
        return folder

    def candidates(self, peildatum: str) -> list[Path]:
        """Everything in `data/raw/<peildatum>/` that may be the delivery, by name: files, of parts the first alone.

        Without any, folders of Parquet as engines write them. Raises `UserError`: no folder, or a part is missing.
        """
        there = sorted(self.folder(peildatum).iterdir())
        files = [path for path in there if is_delivery(path)]
        if files:
            return _first_parts(files)
        return [path for path in there if path.is_dir() and parts_of(path)]

    def delivery(self, peildatum: str) -> Path:
        """The one DUO file in `data/raw/<peildatum>/`.

        Raises `UserError` when there is no folder, no file, or more than one, and when `check_file` does.
        """
        files = self.candidates(peildatum)
        if not files:
            raise UserError(self.no_file(peildatum))
        if len(files) > 1:
            raise UserError(
                f"In data/raw/{peildatum}/ staan {len(files)} bestanden die een levering van DUO kunnen zijn"
                f"{_listed(files)}. Laat er één staan en haal de andere weg, of zet in {LEVERING} welk bestand "
                "het is (bestand)."
            )
        for part in parts_of(files[0]):
            self.check_file(part, peildatum)
        return files[0]

    def cbs_workbook(self, peildatum: str, delivery: str | None = None) -> Path | None:
        """The CBS workbook beside the delivery, if there is one.

        `delivery` is the name of the DUO file, where it is set. Raises `UserError` when there is more than one, when it
        is of another kind, and when `check_file` does.
        """
        files = sorted(
            path for path in self.folder(peildatum).iterdir() if _is_cbs(path) and path.name != delivery
        )
        if len(files) > 1:
            raise UserError(
                f"In data/raw/{peildatum}/ staan {len(files)} werkboeken van het CBS{_listed(files)}. "
                "Laat er één staan en haal de andere weg."
            )
        for path in files:
            self.check_file(path, peildatum, "werkboek van het CBS")
            if not is_cbs_workbook(path):
                raise UserError(
                    f"{path.name} in data/raw/{peildatum}/ is geen .xlsx. Sla het werkboek van het CBS op als .xlsx, "
                    "of geef het bestand een naam die niet met cbs begint."
                )
        return files[0] if files else None

    def cbs_layout(self, peildatum: str) -> Path | None:
        """The cbs.yaml beside the CBS workbook, if there is one. Raises `UserError` when it has nearly that name."""
        for path in sorted(self.folder(peildatum).iterdir()):
            if path.name == CBS_LAYOUT:
                return path
            if path.name.lower() in ("cbs.yml", "cbs.yaml.txt", "cbs.yml.txt", CBS_LAYOUT):
                raise UserError(
                    f"In data/raw/{peildatum}/ staat {path.name}. Geef het bestand de naam {CBS_LAYOUT}: "
                    "alleen dan wordt het gelezen."
                )
        return None

    def check_file(self, path: Path, peildatum: str, kind: str = "bestand van DUO") -> None:
        """Whether a delivery may be read from `path`; `kind` is what it is.

        Raises `UserError` when its name cannot be told (no UTF-8, a line end, a sign for a terminal), and when it is a
        link to nothing or to a place outside `data/raw/`: what is read there would not be what lies there. A folder of
        a peildatum may be a link itself.
        """
        if not _is_text(path.name):
            raise UserError(
                f"De naam van het {kind} in data/raw/{peildatum}/ heeft tekens die geen UTF-8 zijn. "
                "Geef het bestand een andere naam."
            )
        if not path.name.isprintable():
            raise UserError(
                f"De naam van het {kind} in data/raw/{peildatum}/ heeft tekens die niet te zien zijn, "
                "bijvoorbeeld een regeleinde. Geef het bestand een andere naam."
            )
        try:
            target = path.resolve(strict=True)
        except (OSError, RuntimeError):
            raise UserError(
                f"{path.name} in data/raw/{peildatum}/ is een koppeling (symbolic link) naar een bestand dat er "
                "niet is. Zet het bestand zelf in de map."
            ) from None
        if not any(target.is_relative_to(place.resolve()) for place in (self.raw, path.parent)):
            raise UserError(
                f"{path.name} in data/raw/{peildatum}/ is een koppeling (symbolic link) naar een plaats buiten "
                "data/raw/. Zet het bestand zelf in de map."
            )

    def others(self, peildatum: str) -> list[Path]:
        """What lies in `data/raw/<peildatum>/` with an ending that no delivery has, by name."""
        return sorted(p for p in self.folder(peildatum).iterdir() if _is_other(p))

    def no_file(self, peildatum: str) -> str:
        """What to say where there is no delivery."""
        for folder in sorted(self.folder(peildatum).iterdir()):
            if folder.is_dir() and any(folder.glob("*=*/**/*.parquet")):
                return (
                    f"In data/raw/{peildatum}/ staat de map {folder.name} met Parquet die over mappen is verdeeld "
                    "(veld=waarde). Schrijf de levering zonder verdeling: alle bestanden direct in één map."
                )
        others = self.others(peildatum)
        found = f"Wel staat er iets met een andere uitgang{_listed(others)}. " if others else ""
        return (
            f"In data/raw/{peildatum}/ staat geen bestand van DUO. {found}"
            f"Zet er één bestand in met een van deze uitgangen: {', '.join(DELIVERY_SUFFIXES)}."
        )


def _first_parts(files: list[Path]) -> list[Path]:
    """The files without all parts but the first of each delivery in parts."""
    found: list[Path] = []
    others: set[Path] = set()
    for path in files:
        if path not in others:
            first, *rest = parts_of(path)
            found.append(first)
            others |= {first, *rest}
    return found


_NUMBERED = re.compile(r"(?P<head>.*(?:[-_. ]|deel|part))(?P<number>\d{1,6})", re.IGNORECASE)
"""The stem of the name of a numbered part: levering-01, levering_deel2."""


def parts_of(path: Path) -> tuple[Path, ...]:
    """The files of a delivery in their order: the file itself, the numbered parts to which it belongs, or the Parquet
    files of a folder (hidden ones and those that begin with _ are an engine's own).

    Parts are numbered without a gap from 0 or 1. Raises `UserError` where one is missing or stands twice.
    """
    if path.is_dir():
        return tuple(
            sorted(
                one
                for one in path.iterdir()
                if one.suffix.lower() in PARQUET_SUFFIXES and not one.name.startswith((".", "_"))
            )
        )
    named = _numbered(path)
    if named is None:
        return (path,)
    head, number, ending = named
    parts: dict[int, Path] = {}
    doubled = None
    for one in sorted(path.parent.iterdir()) if path.parent.is_dir() else ():
        other = _numbered(one)
        if other and (other[0], other[2]) == (head, ending) and is_delivery(one):
            doubled = other[1] if other[1] in parts else doubled
            parts[other[1]] = one
    least, most = min(parts, default=number), max(parts, default=number)
    if len(parts) < 2 or least > 1:
        return (path,)
    missing = [at for at in range(least, most + 1) if at not in parts]
    if missing or doubled is not None:
        at, what = (missing[0], "ontbreekt") if missing else (doubled, "staat er twee keer")
        raise UserError(
            f"In data/raw/{path.parent.name}/ staan {len(parts)} delen van een levering ({head}…{ending}), maar deel "
            f"{at} {what}. Zet alle delen erbij. Zijn het geen delen van één levering, geef ze dan namen zonder "
            "volgnummer."
        )
    return tuple(parts[at] for at in sorted(parts))


def _numbered(path: Path) -> tuple[str, int, str] | None:
    """What stands before and behind the number in the name of a part, and the number; None for another name."""
    stem, ending = path.stem, path.suffix.lower()
    if ending in PACKED_SUFFIXES and Path(stem).suffix.lower() in TEXT_SUFFIXES:
        stem, ending = Path(stem).stem, Path(stem).suffix.lower() + ending
    found = _NUMBERED.fullmatch(stem)
    return (found["head"], int(found["number"]), ending) if found else None


def delivery_name(path: Path) -> str:
    """What a delivery is called in messages and reports: its file, its first and last part, or its folder."""
    parts = parts_of(path)
    if path.is_dir():
        return f"{path.name} ({len(parts)} bestanden)"
    return path.name if len(parts) == 1 else f"{parts[0].name} t/m {parts[-1].name}"


def _listed(files: list[Path], most: int = 3) -> str:
    """The names of some files, as far as they can be told."""
    names = [path.name for path in files if _is_text(path.name) and path.name.isprintable()]
    if len(names) != len(files) or len(names) > most:
        return ""
    return ": " + ", ".join(names)


def _is_text(name: str) -> bool:
    """Whether the bytes of a file's name are UTF-8; where they are not, Python writes them as lone surrogates."""
    return not any("\ud800" <= letter <= "\udfff" for letter in name)


def is_delivery(path: Path) -> bool:
    """Whether a file in a peildatum's folder is taken for the DUO delivery (and not the CBS workbook)."""
    return (
        (path.is_file() or (path.is_symlink() and not path.exists()))
        and path.suffix.lower() in DELIVERY_SUFFIXES
        and not path.name.startswith((".", "~"))
        and not _is_cbs(path)
    )


def is_cbs_workbook(path: Path) -> bool:
    """Whether a file goes by the name of the CBS workbook, `cbs*.xlsx`."""
    name = path.name.lower()
    return name.startswith("cbs") and name.endswith(".xlsx")


def _is_cbs(path: Path) -> bool:
    """Whether somebody may have meant a file as the CBS workbook."""
    is_named = path.name.lower().startswith("cbs") and path.suffix.lower() in (".xlsx", *_OTHER_BOOKS)
    return is_named and (path.is_file() or (path.is_symlink() and not path.exists()))


def _is_other(path: Path) -> bool:
    """Whether somebody may have meant a file as the delivery although its ending is none of those that are read."""
    is_ours = path.name in (LEVERING, CBS_LAYOUT, CORRECTIONS) or is_cbs_workbook(path)
    return path.is_file() and not path.name.startswith((".", "~")) and not is_ours


def shown(path: Path) -> str:
    """A path as short as it can be from where the user stands."""
    return path.relative_to(Path.cwd()).as_posix() if path.is_relative_to(Path.cwd()) else str(path)


def check_peildatum(text: str) -> str:
    """Return `text` when it is a date written yyyy-mm-dd; raise `UserError` otherwise."""
    try:
        if date.fromisoformat(text).isoformat() == text:
            return text
    except ValueError:
        pass
    raise UserError(
        f"'{text}' is geen peildatum. Schrijf een peildatum als jaar-maand-dag, bijvoorbeeld 2022-07-01; "
        "zo heet ook de map onder data/raw/."
    )
