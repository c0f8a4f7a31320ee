"""Both documents, laid out once for each test process."""

from __future__ import annotations

import pytest
from rendering_real import Parts, real_parts, sample_parts

from wi2007.publication import html, pdf, volumes


@pytest.fixture(scope="session", params=["lastig", "echt"])
def parts(request: pytest.FixtureRequest) -> Parts:
    """The awkward document and the one of the pipeline, in turn."""
    return sample_parts() if request.param == "lastig" else real_parts()


@pytest.fixture(scope="session")
def page(parts: Parts) -> str:
    """The HTML of the document."""
    return html.render(parts.document, parts.charts, parts.downloads)


@pytest.fixture(scope="session")
def papers(parts: Parts) -> dict[str, bytes]:
    """The PDF of each volume of the document."""
    return {
        volume: pdf.render(parts.document, parts.charts, parts.downloads, volume)
        for volume in volumes.present(parts.document)
    }


@pytest.fixture(scope="session")
def paper(papers: dict[str, bytes]) -> bytes:
    """The PDF of the report itself."""
    return papers[volumes.REPORT]
