"""Both documents, laid out once for each test process."""

from __future__ import annotations

import pytest
from rendering_real import Parts, real_parts, sample_parts

from wi2007.publication import html, pdf


@pytest.fixture(scope="session", params=["lastig", "echt"])
def parts(request: pytest.FixtureRequest) -> Parts:
    """The awkward document and the one of the pipeline, in turn."""
    return sample_parts() if request.param == "lastig" else real_parts()


@pytest.fixture(scope="session")
def page(parts: Parts) -> str:
    """The HTML of the document."""
    return html.render(parts.document, parts.charts, parts.downloads)


@pytest.fixture(scope="session")
def paper(parts: Parts) -> bytes:
    """The PDF of the document."""
    return pdf.render(parts.document, parts.charts, parts.downloads)
