"""From the file to the persons in the report: how it was read, who was left out, what was adapted.

All of it is in the account of the processing (`publicatie/verwerking.json`).
What does not belong here: tables of the study, anything about single persons.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wi2007 import dutch
from wi2007.publication.chapters.chapter import Chapter, line, paragraph, written
from wi2007.publication.chapters.edition import Edition
from wi2007.publication.content.blocks import Share
from wi2007.publication.content.inputs import Step
from wi2007.publication.content.shown import counted
from wi2007.publication.content.wording import capital, percent
from wi2007.publication.document import Block, Cell, Column, Row


class Processing(Chapter):
    """What every text may ask of the delivery."""

    key = "trechter"
    own_names = ("regels",)
    names = (
        "peildatum",
        "demonstratie",
        "exact",
        "afronding",
        "levering",
        "tellingen",
        "uitsluitingen",
        "exclusief",
        "bescherming",
        "bijlage",
        "iemand",
    )

    def values(self) -> dict[str, Any]:
        """Give the day, the delivery, its funnel, and how it is protected."""
        account = self.inputs.account
        return {
            "peildatum": dutch.day(account.peildatum),
            "demonstratie": account.demonstration,
            "exact": account.exact,
            "afronding": account.protection,
            "levering": {
                "bestand": account.delivery.file,
                "andere_namen": bool(account.delivery.renamed),
                "normalisaties": bool(account.delivery.normalisations),
            },
            "tellingen": account.counts,
            "uitsluitingen": {
                step.rule: _rule(step) for step in account.funnel if step.kind == "uitgesloten"
            },
            "exclusief": self._left_out(),
            "bescherming": account.protection is not None,
            "bijlage": bool(self.inputs.in_appendix()),
            "iemand": account.of("overgebleven") > 0,
        }

    def _left_out(self) -> str:
        """Tell how many persons are left out and why; nothing where nobody is."""
        out = [step for step in self.inputs.account.funnel if step.kind == "uitgesloten" and step.count]
        count = sum(step.count for step in out)
        return self.words("exclusief", aantal=count, regels=list(map(_rule, out))) if out else ""


def _rule(step: Step) -> dict[str, Any]:
    """A rule by which rows are left out, as texts may ask for it."""
    columns = [column.replace("_", " ") for column in step.columns]
    return {"kolommen": columns, "waarden": step.values}


class Funnel(Chapter):
    """Rows in, dropped with reason and legal ground, kept."""

    key = "trechter"
    own_names = ("omschrijving", "bron")
    parts = ("trechter",)

    def part(self, name: str) -> list[Block]:
        """Make the funnel as a table."""
        read = self.inputs.account.of("gelezen")
        columns = (written(self.texts["reden"]), Column(self.texts["aantal"]), Column(self.texts["procent"]))
        rows = [self._row(step, read) for step in self.inputs.account.funnel]
        about = {"population": self.texts["populatie"], "source": self.source}
        return [self.table(name, self.texts["titel"], (self.texts["kop"], columns), rows, **about)]

    def _row(self, step: Step, read: int) -> Row:
        reason = self.texts["geen"]
        if step.kind == "uitgesloten":
            reason = self.words("toelichting", omschrijving=step.description, bron=step.source)
        missing = self.writer.texts.report.tabelteksten["niet_te_berekenen"]
        share = percent(Share(step.count, read, 1)).removesuffix("%") if read else missing
        cells = (
            Cell(reason),
            counted(step.count),
            Cell(share, 100 * step.count / read if read else None),
        )
        return Row(self.texts[step.kind], cells, role="total" if step.kind == "overgebleven" else "row")


class Adaptations(Chapter):
    """What was adapted in the data, and what was odd in it but let through."""

    key = "tellingen"
    own_names = ("omschrijving", "kolom")
    parts = ("tellingen", "waarschuwingen")

    def part(self, name: str) -> list[Block]:
        """Make the counts, or the warnings; that there were none is said of the warnings alone."""
        return self._counts(name) if name == "tellingen" else self._warnings(name)

    def _counts(self, name: str) -> list[Block]:
        """For how many persons; a count without a text is shown by its name."""
        rows = [
            Row(self.texts.get(key, key.replace("_", " ").capitalize()), (counted(count),))
            for key, count in self.inputs.account.counts.items()
        ]
        heads = (self.texts["kop"], [Column(self.texts["aantal"])])
        about = {"population": self.texts["populatie"], "source": self.source}
        return [self.table(name, self.texts["titel"], heads, rows, **about)] if rows else []

    def _warnings(self, name: str) -> list[Block]:
        """The warnings of the check of the delivery."""
        rows = [
            line(
                self.words("waarschuwing", omschrijving=remark.description, kolom=remark.column), remark.size
            )
            for remark in self.inputs.account.warnings
        ]
        if not rows:
            return [paragraph(self.words("geen_waarschuwingen"))]
        heads = (self.texts["waarschuwingen_kop"], [written(self.texts["waarschuwingen_aantal"])])
        about = {"population": self.writer.texts.report.of("trechter")["populatie"], "source": self.source}
        return [self.table(name, self.texts["waarschuwingen_titel"], heads, rows, **about)]


class Provenance(Chapter):
    """Where the report was made from; nothing that depends on time or machine (the manifest has the commit)."""

    key = "herkomst"
    parts = ("herkomst",)

    def part(self, name: str) -> list[Block]:
        """Make the delivery, the version and the edition a table."""
        account = self.inputs.account
        values = {
            "aard": self.texts["demonstratie" if account.demonstration else "echt"],
            "peildatum": dutch.day(account.peildatum),
            "bestand": account.delivery.file,
            "sha256" if account.exact else "kenmerk": account.delivery.mark,
            "kolommen": ", ".join(account.delivery.columns),
            "versie": self.inputs.version,
            "uitgave": Edition(self.inputs, self.writer).version,
        }
        rows = [line(self.texts[key], value) for key, value in values.items() if value]
        heads = (self.texts["kop"], [written(self.texts["waarde"])])
        return [self.table(name, self.texts["titel"], heads, rows)]


class Reading(Chapter):
    """How the delivery was read: decisions, names of columns, values put right."""

    key = "lezing"
    parts = ("lezing", "velden", "normalisaties")

    def part(self, name: str) -> list[Block]:
        """Make one of the three tables; none where there is nothing to tell."""
        made = {"lezing": self._decisions, "velden": self._renamed, "normalisaties": self._put_right}
        columns, rows = made[name]()
        if not rows:
            return []
        heads = (self.texts[f"{name}_kop"], [*(written(self.texts[column]) for column in columns)])
        population = self.texts["normalisaties_populatie"] if name == "normalisaties" else ""
        return [self.table(name, self.texts[f"{name}_titel"], heads, rows, population=population)]

    def _decisions(self) -> tuple[Sequence[str], list[Row]]:
        """How the file was read: what about, as what, found or set, and why."""
        rows = [
            line(
                self.texts.get(one.subject, capital(one.subject.replace("_", " "))),
                one.value,
                self.texts["ingesteld" if one.by_hand else "gevonden"],
                one.reason or self.texts["waarom_intern"],
            )
            for one in self.inputs.account.delivery.reading
        ]
        return ("waarde", "hoe", "waarom"), rows

    def _renamed(self) -> tuple[Sequence[str], list[Row]]:
        """Which fields of the file became our columns, where the names differ."""
        renamed = self.inputs.account.delivery.renamed
        rows = [line(name, ", ".join(fields) or self.texts["leeg"]) for name, fields in renamed.items()]
        return ("velden_waarde",), rows

    def _put_right(self) -> tuple[Sequence[str], list[Row]]:
        """What was put right in the values, by rule and column, in how many rows."""
        found = self.inputs.account.delivery.normalisations
        rows = [line(one.description, one.column, one.rule, one.size) for one in found]
        return ("normalisaties_kolom", "normalisaties_regel", "normalisaties_aantal"), rows
