"""Step pdf: the content document, its charts and the published tables become one PDF."""

from __future__ import annotations

import argparse
from pathlib import Path

from wi2007.publication import pdf, structure
from wi2007.publication.document import from_json
from wi2007.steps.edge import run_step, whole


def main() -> None:
    """Read the options and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--document", type=Path, required=True, help="inhoud.json")
    parser.add_argument("--charts", type=Path, required=True, help="folder of the charts")
    parser.add_argument(
        "--downloads", type=Path, required=True, help="folder of the published tables, to attach"
    )
    parser.add_argument("--output", type=Path, required=True, help="rapport.pdf")
    options = parser.parse_args()
    document = structure.on_paper(from_json(options.document.read_text(encoding="utf-8")))
    charts = {
        name: (options.charts / name).read_text(encoding="utf-8") for name in structure.chart_files(document)
    }
    downloads = {name: (options.downloads / name).read_bytes() for name in structure.download_files(document)}
    content = pdf.render(document, charts, downloads)
    with whole(options.output) as temporary:
        temporary.write_bytes(content)


if __name__ == "__main__":
    run_step(main)
