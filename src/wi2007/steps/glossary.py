"""Make `docs/begrippen.md` from `reference/begrippen.yaml`, so that report and documentation use the same words."""

from __future__ import annotations

import argparse
from pathlib import Path

from wi2007.project import CONFIG, REFERENCE, ROOT
from wi2007.publication.chapters.explanation import markdown
from wi2007.publication.chapters.register import load_texts
from wi2007.publication.content.texts import facts_of
from wi2007.steps.edge import run_step, write_text


def main() -> None:
    """Write the glossary of the documentation."""
    parser = argparse.ArgumentParser(prog="wi2007.steps.glossary")
    parser.add_argument("--texts", type=Path, default=CONFIG / "report")
    parser.add_argument("--terms", type=Path, default=REFERENCE / "begrippen.yaml")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "begrippen.md")
    arguments = parser.parse_args()
    run_step(lambda: step(arguments))


def step(arguments: argparse.Namespace) -> None:
    """Read, make, write."""
    loaded = load_texts(arguments.texts, arguments.terms)
    write_text(arguments.output, markdown(loaded.terms, facts_of(loaded)))


if __name__ == "__main__":
    main()
