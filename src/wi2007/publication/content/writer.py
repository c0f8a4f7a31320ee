"""Write sentences of texts and findings: everything a template of `config/report/` may ask for, in one place.

What does not belong here: the texts themselves, and the choice of what to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from jinja2 import pass_context
from jinja2.runtime import Context

from wi2007 import dutch
from wi2007.publication.content import english, wording
from wi2007.publication.content.blocks import Block, Share
from wi2007.publication.content.findings import FACTS, Finding, Pair
from wi2007.publication.content.texts import Texts, facts_of
from wi2007.publication.content.wording import Marked, environment, plain, render, spans
from wi2007.publication.document import Text


class Writer:
    """Fills texts in; one for a whole report. `common` are the values that every text may use (peildatum, feiten …)."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self.common: dict[str, Any] = {"feiten": facts_of(texts), "woorden": texts.words}

    def learn(self, values: Mapping[str, Any]) -> None:
        """Take in values that every text from now on may use."""
        self.common |= values

    @property
    def source(self) -> str:
        """The source under tables and charts of the delivery."""
        return self.words(self.texts.report.bron_tabel, "rapport.yaml, bron_tabel")

    def text(self, template: str, place: str, **values: Any) -> Text:
        """A text as spans."""
        return spans(self.marked(template, place, **values))

    def marked(self, template: str, place: str, **values: Any) -> Marked:
        """A text that another text can take in."""
        return self._filled(template, place, values)

    def words(self, template: str, place: str, **values: Any) -> str:
        """A text that takes no markup, such as a title or a footnote."""
        return plain(self._filled(template, place, values))

    def holds(self, expression: str | None, place: str, **values: Any) -> bool:
        """Whether the condition of a block holds; no condition always does."""
        if expression is None:
            return True
        return bool(self._filled(f"{{% if {expression} %}}ja{{% endif %}}", place, values))

    def _filled(self, template: str, place: str, values: Mapping[str, Any]) -> Marked:
        return render(TEMPLATES, template, place, {**self.common, **values})

    def name(self, variable: str, label: str) -> str:
        """A category as it is called in a sentence."""
        words = self.texts.words
        age = wording.age_words(label, words)
        values = {"etiket": label, "met_lidwoord": wording.with_article(label, words)}
        if age:
            values["leeftijd"] = self.words(age["vorm"], "woorden.yaml, leeftijd", **age)
        else:
            values["leeftijd"] = label
        template = wording.variable_words(variable, words).naam
        return self.words(template, f"woorden.yaml, variabelen > {variable}", **values)

    def group(self, population: str, label: str) -> str:
        """A population as it stands behind 'van'."""
        found = self.texts.words.populaties.get(population, self.texts.words.andere_populatie)
        return self.words(found.groep, f"woorden.yaml, populaties > {population}", label=label)

    def short(self, population: str, label: str) -> str:
        """A population as it stands above a table."""
        found = self.texts.words.populaties.get(population, self.texts.words.andere_populatie)
        return self.words(found.kort, f"woorden.yaml, populaties > {population}", label=label)

    def sentence(self, finding: Finding, block: Block, group: str) -> Text:
        """A finding about a block, in words; `group` is its population as it stands behind 'van'."""
        return spans(self.told(finding, block, group))

    def title(self, finding: Finding, block: Block, group: str) -> str:
        """A finding as the title of a chart; empty where it is none."""
        template = self.texts.phrases.titels.get(finding.name, {}).get(block.variable)
        return plain(self._phrase(template, finding, block, group)) if template else ""

    def told(self, finding: Finding, block: Block, group: str) -> Marked:
        """The same as a text that another text can take in."""
        templates = self.texts.phrases.zinnen[finding.name]
        template = templates.get(block.variable, templates["standaard"])
        return self._phrase(template, finding, block, group)

    def _phrase(self, template: str, finding: Finding, block: Block, group: str) -> Marked:
        helpers = _Helpers(self, block)
        variable = wording.variable_words(block.variable, self.texts.words).met_lidwoord
        values = {
            **self.common,
            **finding.facts,
            "blok": helpers,
            "groep": group,
            "variabele": variable,
            "kolom_meervoud": wording.variable_words(block.column_variable, self.texts.words).meervoud,
            "naam": helpers.row_name,
            "kolomgroep": helpers.column_group,
            "vanaf": lambda label: helpers.age("vanaf", label),
            "jonger": lambda label: helpers.age("tot", label),
        }
        values["stuk"] = lambda name: render(TEMPLATES, self.texts.phrases.stukken[name], name, values)
        return render(TEMPLATES, template, f"bevindingen.yaml, {finding.name}", values)

    def piece(self, name: str, **values: Any) -> Marked:
        """A piece of a sentence from `bevindingen.yaml`."""
        return self._filled(self.texts.phrases.stukken[name], f"bevindingen.yaml, stukken > {name}", values)


class _Helpers:
    """What a sentence about one block may call."""

    def __init__(self, writer: Writer, block: Block) -> None:
        self.writer = writer
        self.block = block

    def row_name(self, label: str) -> str:
        return self.writer.name(self.block.variable, label)

    def names(self, labels: Sequence[str]) -> list[str]:
        return [self.row_name(label) for label in labels]

    def shares(self, items: Sequence[tuple[str, Share]]) -> Marked:
        pieces = [
            self.writer.piece("aandeel", naam=self.row_name(label), procent=wording.percent(share))
            for label, share in items
        ]
        return wording.listing(pieces)

    def pairs(self, items: Sequence[Pair]) -> Marked:
        pieces = [
            self.writer.piece(
                "paar_vrouwen" if pair.points > 0 else "paar_mannen",
                naam=self.row_name(pair.label),
                vrouwen=wording.percent(pair.share),
                mannen=wording.percent(pair.other),
            )
            for pair in items
        ]
        return wording.listing(pieces)

    def columns(self, items: Sequence[tuple[str, Share] | Pair]) -> Marked:
        variable = self.block.column_variable
        pairs = [(item.label, item.share) if isinstance(item, Pair) else item for item in items]
        pieces = [
            self.writer.piece("kolom", naam=self.writer.name(variable, label), procent=wording.percent(share))
            for label, share in pairs
        ]
        people = wording.variable_words(variable, self.writer.texts.words).groep
        return Marked(f"{people} {wording.listing(pieces)}")

    def column_group(self, label: str) -> str:
        people = wording.variable_words(self.block.column_variable, self.writer.texts.words).groep
        return f"{people} {self.writer.name(self.block.column_variable, label)}"

    def age(self, form: str, label: str) -> str:
        words = self.writer.texts.words
        limits = wording.age_words(label, words)
        template = words.leeftijd["vanaf" if form == "vanaf" else "tot"]
        return self.writer.words(template, "woorden.yaml, leeftijd", van=limits["van"], tot=limits["van"])


@pass_context
def _part(context: Context, share: Share) -> str:
    return wording.part(share, context["woorden"])


@pass_context
def _how_many(context: Context, share: Share) -> str:
    return wording.how_many(share, context["woorden"])


@pass_context
def _in_words(context: Context, count: int) -> str:
    known = context["woorden"].telwoorden
    return known[count] if count < len(known) else dutch.count(count)


@pass_context
def _names(context: Context, labels: Sequence[str]) -> list[str]:
    return context["blok"].names(labels)  # type: ignore[no-any-return]


@pass_context
def _shares(context: Context, items: Sequence[tuple[str, Share]]) -> Marked:
    return context["blok"].shares(items)  # type: ignore[no-any-return]


@pass_context
def _pairs(context: Context, items: Sequence[Pair]) -> Marked:
    return context["blok"].pairs(items)  # type: ignore[no-any-return]


@pass_context
def _columns(context: Context, items: Sequence[tuple[str, Share] | Pair]) -> Marked:
    return context["blok"].columns(items)  # type: ignore[no-any-return]


TEMPLATES = environment(
    {
        "aantal": dutch.count,
        "telwoord": _in_words,
        "getal": wording.number,
        "personen": wording.persons,
        "procent": wording.percent,
        "deel": _part,
        "hoeveel": _how_many,
        "opsomming": wording.listing,
        "aanhaling": wording.quoted,
        "verwijzing": wording.referring,
        "engels": english.written,
        "hoofdletter": wording.capital,
        "namen": _names,
        "aandelen": _shares,
        "paren": _pairs,
        "kolommen": _columns,
    }
)

PIECES: Final = ("aandeel", "paar_vrouwen", "paar_mannen", "kolom")
"""The pieces of sentences that filters ask for."""

NAMES: Final = (
    *(
        "feiten",
        "woorden",
        "basis",
        "blok",
        "etiket",
        "gemeente",
        "groep",
        "grootste",
        "grote_gemeenten",
        "iedereen",
    ),
    *(
        "jonger",
        "kenmerken",
        "kolom_meervoud",
        "kolomgroep",
        "label",
        "leeftijd",
        "met_lidwoord",
        "naam",
        "nummer",
    ),
    *(
        "procent",
        "samengevoegd",
        "stuk",
        "tabellen",
        "tot",
        "van",
        "vanaf",
        "variabele",
        "variabelen",
        "zonder_rni",
    ),
    *(fact for facts in FACTS.values() for fact in facts),
)
"""What sentences, the words of `woorden.yaml` and the texts around tables may use; chapters have names of their own."""
