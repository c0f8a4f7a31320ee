"""What helps to read the report: key figures with a worked example, protection, signs, the glossary.

What does not belong here: which key figures there are (`config/report/rapport.yaml`), definitions, signs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from schemas.report import TermText
from wi2007.publication.chapters.chapter import Chapter, line, written
from wi2007.publication.content.inputs import Account
from wi2007.publication.content.texts import facts_of
from wi2007.publication.content.wording import environment, render, spans
from wi2007.publication.content.wording import words as plain_words
from wi2007.publication.content.writer import Writer
from wi2007.publication.document import Block, Glossary, Items, Span, Term

_HEAD = """# Begrippen

Dit bestand is gemaakt uit `reference/begrippen.yaml`. Verander dat bestand en maak dit opnieuw:
`.venv/bin/python -m wi2007.steps.glossary`.
"""


def protection(account: Account, writer: Writer) -> tuple[str, ...]:
    """Tell how counts are protected, in sentences; none for exact counts."""
    texts = writer.texts.report.bescherming if account.protection else ()
    return tuple(writer.words(text, "rapport.yaml, bescherming") for text in texts)


class Protection(Chapter):
    """How counts are protected."""

    own_names = ("basis", "rest")
    parts = ("bescherming",)

    def part(self, name: str) -> list[Block]:
        """List the sentences; none for exact counts."""
        sentences = protection(self.inputs.account, self.writer)
        return [Items(tuple((Span(sentence),) for sentence in sentences))] if sentences else []


class Signs(Chapter):
    """What the signs in a table mean."""

    key = "tekens"
    parts = ("tekens",)

    def part(self, name: str) -> list[Block]:
        """Make the legend as a table."""
        rows = [line(known.sign, known.meaning) for known in self.inputs.legend]
        heads = (self.texts["teken"], [written(self.texts["betekenis"])])
        return [self.table("verklaring-van-tekens", self.texts["titel"], heads, rows)]


class Terms(Chapter):
    """The glossary, from `reference/begrippen.yaml`."""

    parts = ("begrippen",)

    def part(self, name: str) -> list[Block]:
        """Make the glossary."""
        return [glossary(self.inputs.texts.terms, facts_of(self.inputs.texts))]


def glossary(terms: Sequence[TermText], facts: Mapping[str, str]) -> Glossary:
    """Make the glossary, alphabetical. Raises `UserError` when a definition is no template."""
    templates = environment({})
    made = [
        Term(
            term.id,
            term.term,
            spans(render(templates, term.definitie, f"begrippen.yaml, {term.id}", {"feiten": facts})),
        )
        for term in terms
    ]
    return Glossary(tuple(sorted(made, key=lambda term: (_plain(term.term), term.id))))


def markdown(terms: Sequence[TermText], facts: Mapping[str, str]) -> str:
    """Write `docs/begrippen.md`: the same terms in the same words, with their source."""
    sources = {term.id: term.bron for term in terms}
    parts = [_HEAD]
    for term in glossary(terms, facts).terms:
        source = f" (Bron: {sources[term.id]}.)" if sources[term.id] else ""
        parts.append(f"**{term.term}**: {plain_words(term.definition)}{source}\n")
    return "\n".join(parts)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if character.isalnum() or character == " ")
