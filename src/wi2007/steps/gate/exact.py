"""What the gate is given: the exact counts of a peildatum, and what was shown at the one before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.disclosure import Disclosure
from schemas.tables import Specification
from schemas.tempo import TempoChoices
from wi2007.comparison.settings import read_comparison
from wi2007.decisions import read
from wi2007.project import CONFIG
from wi2007.protection import funnel
from wi2007.protection.cells import Tables
from wi2007.protection.change import Kept, figures_of
from wi2007.protection.flows import Flows
from wi2007.protection.outflow import Outflow, outflow_of
from wi2007.protection.release import Rounded, digest, from_json
from wi2007.protection.request import Who
from wi2007.settings import OFF
from wi2007.steps.case import Case
from wi2007.tables.build import WHO, Counted, all_counted
from wi2007.tables.specification import load
from wi2007.tempo.cells import load_choices


@dataclass(frozen=True)
class Exact:
    """What comes in: the cube, policy groups and outflow of a population, its tables counted, and how it was made."""

    cube: pa.Table
    policy: pa.Table
    processing: dict[str, Any]
    specification: Specification
    rules: Disclosure
    of_pairs: Counted
    outflow: Outflow
    choices: TempoChoices

    @cached_property
    def who(self) -> Who:
        """The set of persons of every count."""
        sets = all_counted(self.cube, self.policy, self.specification, WHO)
        return Who(Tables(sets, self.specification), funnel.who(self.processing))

    @cached_property
    def tables(self) -> Tables:
        """The counts of the tables with their cells."""
        return Tables(self.of_pairs, self.specification)

    @cached_property
    def digest(self) -> str:
        """The digest of everything that is counted."""
        around = {**funnel.counted(self.processing), **self.outflow.counts}
        return digest((self.cube, self.policy), around)

    @property
    def peildatum(self) -> date:
        """The day of the delivery."""
        return date.fromisoformat(self.processing["peildatum"])


def read_exact(case: Case) -> Exact:
    """Read and count what has to be protected."""
    specification = load(CONFIG / "tables.yaml")
    cube = pq.ParquetFile(case.made("kubus.parquet")).read()
    policy = pq.ParquetFile(case.made("beleid.parquet")).read()
    processing = case.json("verwerking.json")
    choices = load_choices(CONFIG / "tempo.yaml")
    day = date.fromisoformat(processing["peildatum"])
    outflow = outflow_of(pq.ParquetFile(case.made("uitstroom.parquet")).read(), day, choices)
    rules: Disclosure = read(CONFIG / "disclosure.yaml").held(Disclosure)
    of_pairs = all_counted(cube, policy, specification)
    return Exact(cube, policy, processing, specification, rules, of_pairs, outflow, choices)


@dataclass(frozen=True)
class Before:
    """The peildatum before this one: what its tables show, also by the set of persons, and what changed since."""

    record: dict[str, Any]
    flows: Flows
    shown: Rounded
    figures: Mapping[int, int]
    kept: Kept = field(default_factory=dict)


def read_closed(case: Case) -> Mapping[int, int]:
    """Read what the report before this one shows of closed years, by the set of persons; none of another base."""
    path = case.before("outputcontrole/afgerond.json")
    if path is None or case.rounding == OFF:
        return {}
    shown = from_json(path.read_text(encoding="utf-8"))
    return shown.closed if shown.base == int(case.rounding) else {}


def read_before(case: Case, exact: Exact) -> Before | None:
    """Read what this peildatum is compared with; None where it is compared with none."""
    record = case.json("stromen.json")
    path, cube = case.before("outputcontrole/afgerond.json"), case.before("kubus.parquet")
    if not record["vergeleken"] or path is None or cube is None:
        return None
    shown = from_json(path.read_text(encoding="utf-8"))
    specification = exact.specification.for_comparison
    figures = figures_of(pq.ParquetFile(cube).read(), shown.of_pairs, specification)
    events = pq.ParquetFile(case.made("stromen.parquet")).read()
    return Before(record, Flows(events, specification, read_comparison()), shown, figures)
