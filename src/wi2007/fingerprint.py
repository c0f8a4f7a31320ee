"""What each step's result depends on, as data, and its SHA-256: how a rerun knows that something changed.

Modification times miss new content with an older date (unzip, cp -p) and every edit inside the package, so the rules
carry these digests in `params:`. A test runs each step and fails when it used a file that is not listed here.
What does not belong here: deciding what to rerun (Snakemake does), or what a step does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from wi2007.project import ROOT

# Everything uses these: the shared modules, and the versions of the libraries.
COMMON = (
    "requirements.lock",
    "src/wi2007/__init__.py",
    "src/wi2007/errors.py",
    "src/wi2007/project.py",
    "src/wi2007/decisions.py",
    "src/wi2007/listing.py",
    "src/wi2007/steps/__init__.py",
    "src/wi2007/steps/edge.py",
    "schemas/__init__.py",
    "src/wi2007/reference.py",
)
CODES = (
    "reference/gemeenten.csv",
    "reference/landen.csv",
    "reference/leeftijdsklassen.csv",
    "reference/uitstroomroutes.csv",
)
PROVINCES = ("src/wi2007/provinces.py", "reference/provincies.csv")
DOCUMENT = ("src/wi2007/publication/__init__.py", "src/wi2007/publication/document.py")
LAYOUT = (
    "src/wi2007/publication/soundness.py",
    "src/wi2007/publication/structure.py",
    "src/wi2007/publication/fonts",
)

# Step -> the steps whose results it reads.
UPSTREAM = {
    "population": (),
    "validation": ("population",),
    "comparison": ("population",),
    "tables": ("population",),
    "disclosure": ("population",),
    "contracts": ("comparison", "tables", "disclosure"),
    "change": ("comparison", "disclosure"),
    "cbs": (),
    "tempo": ("disclosure", "change"),
    "statements": ("disclosure", "change", "cbs"),
    "sensitivity": ("population", "disclosure", "cbs"),
    "content": ("disclosure", "change", "cbs", "statements", "sensitivity", "tempo"),
    "html": ("content",),
    "pdf": ("content",),
    "workbook": ("content",),
    "manifest": ("validation", "contracts", "html", "pdf", "workbook"),
}

# Step -> files and folders of the project, besides COMMON.
USES = {
    "population": (
        "src/wi2007/steps/population.py",
        "src/wi2007/steps/validation.py",
        "src/wi2007/classification.py",
        "src/wi2007/dates.py",
        "src/wi2007/dutch.py",
        "src/wi2007/delivery",
        "src/wi2007/mapping",
        "src/wi2007/validation",
        "src/wi2007/population",
        "src/wi2007/cube",
        "config/deliveries",
        "config/exclusions.yaml",
        "config/gevoeligheid.yaml",
        "config/normalisation.yaml",
        "config/validation.yaml",
        "schemas/columns.py",
        "schemas/cube.py",
        "schemas/delivery.py",
        "schemas/exclusions.py",
        "schemas/distribution.py",
        "schemas/levering.py",
        "schemas/meanings.py",
        "schemas/outflow.py",
        "schemas/persons.py",
        "schemas/sensitivity.py",
        "schemas/variants.py",
        "schemas/texts.py",
        "schemas/validation.py",
        "schemas/values.py",
        "reference/herindelingen.csv",
        "reference/nationaliteiten.csv",
        *CODES,
    ),
    "validation": (
        "src/wi2007/steps/validation.py",
        "src/wi2007/validation",
        "src/wi2007/delivery",
        "src/wi2007/mapping/__init__.py",
        "src/wi2007/mapping/normalise/__init__.py",
        "src/wi2007/mapping/normalise/counted.py",
        "src/wi2007/classification.py",
        "src/wi2007/dates.py",
        "src/wi2007/dutch.py",
        "schemas/columns.py",
        "schemas/values.py",
    ),
    "comparison": (
        "src/wi2007/steps/comparison.py",
        "src/wi2007/comparison",
        "src/wi2007/classification.py",
        "src/wi2007/dates.py",
        "src/wi2007/cube",
        "src/wi2007/delivery/__init__.py",
        "src/wi2007/delivery/coded.py",
        "src/wi2007/population/__init__.py",
        "src/wi2007/population/age.py",
        "src/wi2007/validation/__init__.py",
        "src/wi2007/validation/spill.py",
        "src/wi2007/validation/unique.py",
        "config/vergelijking.yaml",
        "schemas/columns.py",
        "schemas/comparison.py",
        "schemas/cube.py",
        "schemas/flows.py",
        "schemas/meanings.py",
        "schemas/persons.py",
        "reference/herindelingen.csv",
        *CODES,
    ),
    "tables": (
        "src/wi2007/steps/tables.py",
        "src/wi2007/tables",
        "config/tables.yaml",
        "schemas/tables.py",
        *PROVINCES,
        *CODES,
    ),
    "disclosure": (
        "src/wi2007/steps/disclosure.py",
        "src/wi2007/steps/secret.py",
        "src/wi2007/disclosure",
        "src/wi2007/tempo",
        "src/wi2007/population/__init__.py",
        "src/wi2007/population/periods.py",
        "config/tempo.yaml",
        "schemas/outflow.py",
        "schemas/tempo.py",
        "schemas/meanings.py",
        "src/wi2007/dates.py",
        "reference/aow_leeftijd.csv",
        "reference/nog_plichtig_eerder.csv",
        "src/wi2007/classification.py",
        "src/wi2007/tables",
        "src/wi2007/dutch.py",
        "src/wi2007/study.py",
        "src/wi2007/provenance/__init__.py",
        "src/wi2007/provenance/surroundings.py",
        "config/disclosure.yaml",
        "config/tables.yaml",
        "schemas/disclosure.py",
        "schemas/tables.py",
        "reference/herindelingen.csv",
        "reference/studie_2022.csv",
        "reference/studie_2022_errata.csv",
        *PROVINCES,
        *CODES,
    ),
    "change": (
        "src/wi2007/steps/change.py",
        "src/wi2007/steps/secret.py",
        "src/wi2007/comparison",
        "src/wi2007/disclosure",
        "src/wi2007/tables",
        "src/wi2007/classification.py",
        "src/wi2007/dates.py",
        "src/wi2007/cube",
        "src/wi2007/population/__init__.py",
        "config/disclosure.yaml",
        "config/tables.yaml",
        "config/vergelijking.yaml",
        "schemas/change.py",
        "schemas/columns.py",
        "schemas/comparison.py",
        "schemas/cube.py",
        "schemas/disclosure.py",
        "schemas/flows.py",
        "schemas/meanings.py",
        "schemas/persons.py",
        "schemas/tables.py",
        "reference/herindelingen.csv",
        *PROVINCES,
        *CODES,
    ),
    "contracts": (
        "src/wi2007/steps/contracts.py",
        "schemas/comparison.py",
        "schemas/cube.py",
        "schemas/flows.py",
        "schemas/meanings.py",
        "schemas/outflow.py",
        "schemas/persons.py",
        "schemas/tidy.py",
        *CODES,
    ),
    "cbs": (
        "src/wi2007/steps/cbs.py",
        "src/wi2007/cbs",
        "src/wi2007/dutch.py",
        "src/wi2007/delivery",
        "src/wi2007/dutch.py",
        "config/cbs.yaml",
        "config/validation.yaml",
        "config/report/tekens.yaml",
        "schemas/cbs.py",
        "schemas/cbs_layout.py",
        "schemas/columns.py",
        "schemas/report.py",
    ),
    "tempo": (
        "src/wi2007/steps/tempo.py",
        "src/wi2007/tempo",
        "src/wi2007/tables/__init__.py",
        "src/wi2007/tables/axes.py",
        "src/wi2007/tables/tidy.py",
        "src/wi2007/tables/variables.py",
        "src/wi2007/population/__init__.py",
        "src/wi2007/population/periods.py",
        "config/tempo.yaml",
        "schemas/meanings.py",
        "schemas/outflow.py",
        "schemas/tables.py",
        "schemas/tempo.py",
        "reference/aow_leeftijd.csv",
        "reference/nog_plichtig_eerder.csv",
        *PROVINCES,
        *CODES,
    ),
    "statements": (
        "src/wi2007/steps/statements.py",
        "src/wi2007/statements",
        "src/wi2007/tables",
        "src/wi2007/dutch.py",
        "config/tables.yaml",
        "config/uitspraken.yaml",
        "schemas/statements.py",
        "schemas/tables.py",
        "reference/uitspraken_2022.csv",
        *PROVINCES,
        *CODES,
    ),
    "sensitivity": (
        "src/wi2007/steps/sensitivity.py",
        "src/wi2007/steps/statements.py",
        "src/wi2007/steps/secret.py",
        "src/wi2007/sensitivity",
        "src/wi2007/statements",
        "src/wi2007/disclosure",
        "src/wi2007/tables",
        "src/wi2007/classification.py",
        "src/wi2007/dates.py",
        "src/wi2007/dutch.py",
        "src/wi2007/delivery/__init__.py",
        "src/wi2007/delivery/coded.py",
        "src/wi2007/population/__init__.py",
        "src/wi2007/population/readings.py",
        "config/disclosure.yaml",
        "config/gevoeligheid.yaml",
        "config/tables.yaml",
        "config/uitspraken.yaml",
        "schemas/columns.py",
        "schemas/cube.py",
        "schemas/disclosure.py",
        "schemas/exclusions.py",
        "schemas/meanings.py",
        "schemas/persons.py",
        "schemas/sensitivity.py",
        "schemas/statements.py",
        "schemas/tables.py",
        "schemas/values.py",
        "schemas/variants.py",
        "reference/herindelingen.csv",
        "reference/nationaliteiten.csv",
        "reference/uitspraken_2022.csv",
        *PROVINCES,
        *CODES,
    ),
    "content": (
        "src/wi2007/steps/content.py",
        "src/wi2007/sensitivity/__init__.py",
        "src/wi2007/sensitivity/result.py",
        "schemas/columns.py",
        "schemas/exclusions.py",
        "schemas/sensitivity.py",
        "schemas/statements.py",
        "schemas/values.py",
        "src/wi2007/cbs/__init__.py",
        "src/wi2007/cbs/table.py",
        "schemas/cbs.py",
        "schemas/change.py",
        "schemas/comparison.py",
        *DOCUMENT,
        "src/wi2007/publication/charts",
        "src/wi2007/publication/content",
        "src/wi2007/publication/map",
        "src/wi2007/classification.py",
        "src/wi2007/statements/__init__.py",
        "src/wi2007/statements/result.py",
        "src/wi2007/tempo",
        "src/wi2007/population/__init__.py",
        "src/wi2007/population/periods.py",
        "config/tempo.yaml",
        "schemas/meanings.py",
        "schemas/outflow.py",
        "schemas/tempo.py",
        "src/wi2007/tables",
        "src/wi2007/dutch.py",
        "src/wi2007/study.py",
        "config/tables.yaml",
        "config/report",
        "schemas/report.py",
        "schemas/tables.py",
        "schemas/workbook.py",
        "reference/begrippen.yaml",
        "reference/studie_2022.csv",
        "reference/studie_2022_errata.csv",
        *PROVINCES,
        "reference/herindelingen.csv",
        *CODES,
    ),
    "html": ("src/wi2007/steps/html.py", *DOCUMENT, *LAYOUT, "src/wi2007/publication/html"),
    "pdf": ("src/wi2007/steps/pdf.py", *DOCUMENT, *LAYOUT, "src/wi2007/publication/pdf"),
    "workbook": (
        "src/wi2007/steps/workbook.py",
        *DOCUMENT,
        "src/wi2007/publication/structure.py",
        "src/wi2007/publication/datapackage.py",
        "src/wi2007/publication/licence.py",
        "src/wi2007/publication/workbook",
        "src/wi2007/publication/content/__init__.py",
        "src/wi2007/publication/content/texts.py",
        "src/wi2007/publication/content/change/__init__.py",
        "src/wi2007/publication/content/change/rows.py",
        "src/wi2007/tables/__init__.py",
        "src/wi2007/tables/tidy.py",
        "src/wi2007/cbs/__init__.py",
        "src/wi2007/cbs/table.py",
        "schemas/cbs.py",
        "schemas/change.py",
        "schemas/comparison.py",
        *CODES,
        "config/report/werkboek.yaml",
        "schemas/meanings.py",
        "schemas/report.py",
        "schemas/workbook.py",
    ),
    "manifest": (
        "src/wi2007/steps/manifest.py",
        "src/wi2007/steps/placing.py",
        "src/wi2007/provenance",
        "src/wi2007/cbs/__init__.py",
        "src/wi2007/cbs/table.py",
        "schemas/cbs.py",
        "src/wi2007/fingerprint.py",
        "config/config.yaml",
    ),
}


def digest(path: Path) -> str:
    """The SHA-256 of a file's content, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files(names: Iterable[str]) -> list[str]:
    """Every file of the project under these names, sorted; a name that does not exist has no files."""
    found: set[str] = set()
    for name in names:
        path = ROOT / name
        inside = path.rglob("*") if path.is_dir() else [path]
        found.update(p.relative_to(ROOT).as_posix() for p in inside if p.is_file() and _matters(p))
    return sorted(found)


def _matters(path: Path) -> bool:
    return path.suffix != ".pyc" and not path.name.startswith(".") and not path.name.endswith("~")


def used(step: str) -> list[str]:
    """The project's files that a step depends on itself, sorted."""
    return files((*COMMON, *USES[step]))


@cache
def code(step: str) -> str:
    """One SHA-256 over what a step and every step before it use: another value means another result is possible.

    The steps before it are in it so that a rerun does not rest on modification times between steps.
    """
    total = hashlib.sha256()
    for name in used(step):
        total.update(f"{name}\0{digest(ROOT / name)}\n".encode())
    for before in UPSTREAM[step]:
        total.update(f"{before}\0{code(before)}\n".encode())
    return total.hexdigest()
