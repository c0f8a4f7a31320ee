"""The glossary: from `reference/begrippen.yaml` to the report and to `docs/begrippen.md`.

What does not belong here: the definitions.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from schemas.report import TermText
from wi2007.publication.content.wording import environment, render, spans, words
from wi2007.publication.document import Glossary, Term

_HEAD = """# Begrippen

Dit bestand is gemaakt uit `reference/begrippen.yaml`. Verander dat bestand en maak dit opnieuw:
`.venv/bin/python -m wi2007.steps.glossary`.
"""


def glossary(terms: Sequence[TermText], facts: Mapping[str, str]) -> Glossary:
    """The glossary, alphabetical. Raises `UserError` when a definition is no template."""
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
    """`docs/begrippen.md`: the same terms in the same words, with their source."""
    sources = {term.id: term.bron for term in terms}
    parts = [_HEAD]
    for term in glossary(terms, facts).terms:
        source = f" (Bron: {sources[term.id]}.)" if sources[term.id] else ""
        parts.append(f"**{term.term}**: {words(term.definition)}{source}\n")
    return "\n".join(parts)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if character.isalnum() or character == " ")
