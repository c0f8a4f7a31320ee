"""Read every file of `config/` and `reference/` by the loader of the step that uses it, and check them together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from schemas.demo import CbsBook
from schemas.disclosure import Disclosure
from schemas.statements import Statements
from schemas.tables import Specification
from wi2007 import reference, study
from wi2007 import settings as configuration
from wi2007.cbs.settings import load_layout
from wi2007.comparison.settings import read_comparison
from wi2007.decisions import read
from wi2007.delivery.archive import read_limits
from wi2007.demo import settings as demonstration
from wi2007.demo.follow_up import people as follow_up
from wi2007.errors import UserError
from wi2007.inspection.settings import read_settings
from wi2007.mapping.levering import configured_layout
from wi2007.mapping.normalise.rules import listed
from wi2007.policy import read_policy_groups
from wi2007.population.exclusion import read_exclusions, read_sensitivity
from wi2007.project import CONFIG, REFERENCE
from wi2007.publication import imprint
from wi2007.publication.chapters import register
from wi2007.publication.content.texts import Texts
from wi2007.run.checking import codes, names
from wi2007.run.checking.codes import Mistakes
from wi2007.statements import published
from wi2007.statements import settings as statements
from wi2007.tables import specification
from wi2007.tempo import pace
from wi2007.tempo.cells import load_choices
from wi2007.validation.rules import read_rules

ANY_DAY = "2022-07-01"


@dataclass(frozen=True)
class Folders:
    """The folders of the settings."""

    config: Path = CONFIG
    reference: Path = REFERENCE


def mistakes(folders: Folders = Folders()) -> list[str]:
    """Return everything that is wrong, in Dutch, each with its file and place; checks that need a wrong file are
    skipped.
    """
    found = Mistakes()
    if _lists(found, folders):
        _rules(found, folders.config)
        _tables(found, folders)
        _demonstration(found, folders.config)
    _layouts(found, folders.config)
    return list(found.found)


def _lists(found: Mistakes, folders: Folders) -> bool:
    """Read the lists of `reference/`; return whether all can be used."""
    for load in (
        reference.countries,
        reference.nationalities,
        reference.municipalities,
        reference.statuses,
        reference.age_classes,
        reference.reorganisations,
        reference.provinces,
        reference.municipality_groups,
        reference.aow_months,
        reference.year_classes,
        partial(pace.earlier, pace.STUDY),
        partial(study.figures, folders.reference),
        partial(published.published, folders.reference),
    ):
        found.attempt(load)
    return not found.found


def _rules(found: Mistakes, config: Path) -> None:
    """Check the settings by which a delivery is read and judged."""
    rules = found.attempt(read_rules, config / "validation.yaml")
    found.attempt(read_limits, config / "validation.yaml")
    found.attempt(read_exclusions, config / "exclusions.yaml")
    found.attempt(read_sensitivity, config / "gevoeligheid.yaml")
    found.attempt(read_policy_groups, config / "beleidsgroepen.yaml")
    listed_rules = found.attempt(listed, config / "normalisation.yaml")
    asked = found.attempt(read_settings, config / "inspectie.yaml")
    _held(found, config / "validation.yaml", codes.of_validation, rules)
    _held(found, config / "normalisation.yaml", codes.of_normalisation, listed_rules, rules)
    _held(found, config / "inspectie.yaml", codes.of_inspection, asked, listed_rules)


def _tables(found: Mistakes, folders: Folders) -> None:
    """Check the settings of tables, statements and texts."""
    config = folders.config
    tables = found.attempt(specification.load, config / "tables.yaml")
    comparison = found.attempt(read_comparison, config / "vergelijking.yaml")
    cbs = found.attempt(load_layout, config / "cbs.yaml")
    rounding = found.attempt(_disclosure, config / "disclosure.yaml")
    outlook = found.attempt(load_choices, config / "tempo.yaml")
    glossary = folders.reference / "begrippen.yaml"
    parts: dict[str, Any] = {
        part: found.attempt(register.load_part, part, config / "report", glossary) for part in register.FILES
    }
    texts = Texts(**parts) if all(part is not None for part in parts.values()) else None
    _held(found, config / "disclosure.yaml", codes.of_disclosure, rounding)
    _held(found, config / "tempo.yaml", codes.of_tempo, outlook)
    if tables is None:
        return
    for row, message in names.of_study(study.figures(folders.reference), tables):
        found.found[f"reference/studie_2022.csv: {row}: {message}"] = None
    said = _said(found, config / "uitspraken.yaml", tables, folders.reference)
    _held(found, config / "uitspraken.yaml", names.of_statements, said, tables, comparison)
    _held(found, config / "uitspraken.yaml", names.of_cbs, said, cbs)
    if texts is not None:
        _held(found, config / "tables.yaml", names.of_footnotes, tables, texts)
        _held(found, config / "report" / "rapport.yaml", names.of_report, texts.report, tables)
        _held(found, config / "report" / "woorden.yaml", names.of_words, texts.words, tables)
        _held(found, config / "report" / "bevindingen.yaml", names.of_phrases, texts.phrases)
        _held(found, config / "report" / "werkboek.yaml", names.of_workbook, texts.workbook, texts.report)
        for path in (*sorted((config / "report").glob("*.yaml")), glossary):
            if path.name == imprint.FILE:  # what stands there is shown as it is
                continue
            decisions = found.attempt(read, path)
            if decisions is not None:
                found.held(decisions, names.of_texts(decisions.content, texts))


def _said(found: Mistakes, path: Path, tables: Specification, lists: Path) -> Statements | None:
    """Return the statements, also where they use unknown names, so that they are checked against all other files at
    once.
    """
    if (said := found.attempt(statements.load, path, tables, published.published(lists))) is not None:
        return said
    held: Statements | None = Mistakes().attempt(lambda: read(path).held(Statements))
    return held


def _disclosure(path: Path) -> Disclosure:
    held: Disclosure = read(path).held(Disclosure)
    return held


def _demonstration(found: Mistakes, config: Path) -> None:
    found.attempt(demonstration.load, config)
    found.attempt(follow_up.load, config)
    found.attempt(lambda: read(config / "demo_cbs.yaml").held(CbsBook))


def _layouts(found: Mistakes, config: Path) -> None:
    """Check `config.yaml`, and every layout that it or a levering.yaml may name."""
    asked = found.attempt(configuration.read, config / "config.yaml")
    folder = config / "deliveries"
    for path in sorted(folder.glob("*.yaml")):
        found.attempt(configured_layout, path.stem, _day_of(path), folder)
    named = asked.indeling if asked is not None else None
    for name in named.values() if isinstance(named, dict) else [named] if named else ():
        if not (folder / f"{name}.yaml").is_file():
            found.attempt(configured_layout, name, ANY_DAY, folder)


def _day_of(path: Path) -> str:
    """Return the peildatum that a layout itself names, so that it is not compared with another."""
    try:
        content = read(path).content
    except UserError:
        return ANY_DAY
    return str(content.get("peildatum", ANY_DAY)) if isinstance(content, dict) else ANY_DAY


def _held(found: Mistakes, path: Path, check: Any, *values: object) -> None:
    """Check a file against others, where all could be read; lines are looked up only where something is wrong."""
    wrong = [] if any(value is None for value in values) else list(check(*values))
    if wrong:
        found.held(read(path), wrong)
