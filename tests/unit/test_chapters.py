"""Every chapter has the one shape: its own names, its own parts, and nothing of it where its files are not there."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from content_sample import chapter_of, inputs, texts

from schemas.published import PUBLISHED
from wi2007.project import EXACT
from wi2007.publication.chapters.chapter import Chapter
from wi2007.publication.chapters.register import CHAPTERS, NAMES, READS
from wi2007.publication.report import make, report

READING = [chapter for chapter in CHAPTERS if chapter.reads]


@pytest.mark.parametrize("kind", CHAPTERS, ids=lambda one: one.__name__)
def test_it_gives_what_it_says_and_nothing_else(kind: type[Chapter]) -> None:
    chapter = chapter_of(kind, inputs(compared=True))
    given = chapter.values() if chapter.present else chapter.absent()
    assert given.keys() == set(kind.names)
    assert kind.key == "" or texts().report.of(kind.key)


@pytest.mark.parametrize("kind", READING, ids=lambda one: one.__name__)
def test_without_one_of_its_files_it_is_absent(kind: type[Chapter]) -> None:
    for name in kind.reads:
        others = dict.fromkeys(set(kind.reads) - {name}, "")
        assert not chapter_of(kind, replace(inputs(), files=others)).present


def test_names_and_parts_are_of_one_chapter_each() -> None:
    for several in ([one.names for one in CHAPTERS], [one.parts for one in CHAPTERS]):
        counted = Counter(name for names in several for name in names)
        assert set(counted.values()) == {1}
    assert {name for one in CHAPTERS for name in one.names} <= NAMES


def test_a_report_of_tables_alone_has_no_downloads_of_other_files() -> None:
    made = inputs()
    found = make(replace(made, files={}))
    others = {one.named(EXACT) for one in PUBLISHED if one.file in READS}
    assert len(others) > 1
    assert not others & found.downloads.keys()
    assert (found.charts, found.comparison) == ({}, "")
    assert found.document == report(replace(made, files={}))
