"""The texts of the report, read from `config/report/` and `reference/begrippen.yaml` and held against their contract.

What does not belong here: filling texts in.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from schemas.report import Fact, Phrases, ReportText, TermText, WordsText
from wi2007.errors import UserError

_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(frozen=True)
class Texts:
    """Everything the report says that is not a figure."""

    report: ReportText
    words: WordsText
    phrases: Phrases
    facts: dict[str, Fact]
    terms: tuple[TermText, ...]


def load(folder: Path, glossary: Path) -> Texts:
    """Read all texts. Raises `UserError` naming the file and the place of the first mistake."""
    return Texts(
        report=_model(folder / "rapport.yaml", ReportText),
        words=_model(folder / "woorden.yaml", WordsText),
        phrases=_model(folder / "bevindingen.yaml", Phrases),
        facts=_adapted(folder / "feiten.yaml", TypeAdapter(dict[str, Fact])),
        terms=tuple(_adapted(glossary, TypeAdapter(list[TermText]))),
    )


def facts_of(texts: Texts) -> dict[str, str]:
    """The facts as templates use them: `feiten.wet_jaar`."""
    return {name: fact.waarde for name, fact in texts.facts.items()}


def _model(path: Path, model: type[_Model]) -> _Model:
    loaded: _Model = _adapted(path, TypeAdapter(model))
    return loaded


def _adapted(path: Path, adapter: TypeAdapter[Any]) -> Any:
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        return adapter.validate_python(raw)
    except OSError as error:
        raise UserError(
            f"Het bestand {path.name} met teksten van het rapport is er niet. Zet het terug."
        ) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", regel {mark.line + 1}" if mark else ""
        raise UserError(f"{path.name}{line} is geen geldige YAML. Verbeter het bestand.") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = " > ".join(str(part) for part in first["loc"]) or "het hele bestand"
        more = error.error_count() - 1
        rest = f" Er {'is' if more == 1 else 'zijn'} nog {more} andere." if more else ""
        raise UserError(
            f"In {path.name} klopt '{place}' niet: {first['msg']}.{rest} Verbeter het bestand."
        ) from error
