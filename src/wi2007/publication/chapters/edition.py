"""The publication itself: who publishes, when, which version, how to cite and reuse it, what changed, what it rests on.

All of it is set in `config/report/uitgave.yaml` and `config/report/bronnen.yaml`; what is not set is not told.
What does not belong here: how those files are read (`imprint`), layout.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from schemas.imprint import EditionText, ImprintText, SourceText
from wi2007 import dutch
from wi2007.publication.chapters.chapter import Chapter, line, written
from wi2007.publication.content.wording import Marked, spans, words
from wi2007.publication.document import Block, Fact, Imprint, Licence, Reference, Span


class Edition(Chapter):
    """What texts may ask of the publication, the table of revisions, and what stands on the first page."""

    key = "uitgave"
    names = ("uitgave", "bronnen")
    own_names = (
        "naam",
        "jaar",
        "titel",
        "makers",
        "adres",
        "versie",
        "nummer",
        "datum",
        "gewijzigd",
        "email",
    )
    parts = ("revisies",)

    def values(self) -> dict[str, Any]:
        """Give the publication and its sources; empty where something is not set."""
        contact = self._imprint.contact
        return {
            "uitgave": {
                "naam": self._imprint.instelling.naam,
                "citeren": self.citation,
                "licentie": self._imprint.licentie if self.public else None,
                "contact": contact,
                "revisies": bool(self._edition and self._edition.revisies),
                "versie": self.version,
            },
            "bronnen": {
                name: {"titel": source.titel, "adres": source.adres or "", "vermelding": self._named(source)}
                for name, source in self._sources.items()
            },
        }

    def part(self, name: str) -> list[Block]:
        """List what changed since the publication; nothing where nothing did."""
        if self._edition is None or not self._edition.revisies:
            return []
        rows = [line(dutch.day(one.datum), one.wat, one.reden) for one in self._edition.revisies]
        columns = [written(self.texts[key]) for key in ("revisies_wat", "revisies_reden")]
        return [self.table(name, self.texts["revisies_titel"], (self.texts["revisies_kop"], columns), rows)]

    def imprint(self, source: str) -> Imprint:
        """Give what every layout has on its first page; `source` is that of the report."""
        edition, institution = self._edition, self._imprint.instelling
        licence, contact = self._imprint.licentie, self._imprint.contact
        return Imprint(
            facts=tuple(self._facts(source)),
            published=edition.publicatiedatum.isoformat() if edition and edition.publicatiedatum else "",
            changed=edition.changed.isoformat() if edition and edition.changed else "",
            version=self.version,
            address=(edition.adres if edition else None) or "",
            email=(contact.email if contact else None) or "",
            citation=self.citation,
            licence=Licence(licence.naam, licence.titel, licence.adres) if self.public else None,
            references=tuple(
                Reference(words(spans(self._named(source))), source.adres or "")
                for source in self._sources.values()
            ),
            logo=self.inputs.texts.imprint.logo,
            logo_name=institution.naam,
            main=institution.kleuren.hoofdkleur.lower(),
            mark=institution.kleuren.accent.lower(),
        )

    def _facts(self, source: str) -> Iterator[Fact]:
        """The lines of the first page that there is something for."""
        day = dutch.day(self.inputs.account.peildatum)
        values = {
            "peildatum": day,
            "publicatiedatum": self._published,
            "versie": self.version,
            "uitgever": self._imprint.instelling.naam,
            "bron": source,
        }
        for key, value in values.items():
            if value:
                yield Fact(self.texts[key], (Span(value),))
        if contact := self._imprint.contact:
            told = {"naam": contact.naam, "email": contact.email, "adres": contact.adres}
            place = self.place("contact_tekst")
            yield Fact(self.texts["contact"], self.writer.text(self.texts["contact_tekst"], place, **told))

    @property
    def public(self) -> bool:
        """Whether it may be published: exact counts and a draft have no licence, version or citation."""
        return not self.inputs.account.mark

    @cached_property
    def version(self) -> str:
        """What the institute calls this version, with the number of the release; empty where it has none."""
        release = self._release
        if release is None:
            return ""
        own = self._edition.versie if self._edition else None
        return self.words("versie_tekst", versie=own, nummer=release) if own else str(release)

    @cached_property
    def citation(self) -> str:
        """How to cite the report; empty where it may not be published."""
        if not self.public:
            return ""
        edition, report = self._edition, self.writer.texts.report
        return self.words(
            "citeren",
            naam=self._imprint.instelling.naam,
            jaar=edition.publicatiedatum.year if edition and edition.publicatiedatum else "",
            titel=self.writer.words(report.titel, "rapport.yaml, titel"),
            versie=(edition.versie if edition else None) or self._release,
            adres=(edition.adres if edition else None) or "",
        )

    @property
    def _published(self) -> str:
        """When it appeared and was last changed, in words; empty where that is not set."""
        edition = self._edition
        if edition is None or edition.publicatiedatum is None:
            return ""
        changed = dutch.day(edition.changed) if edition.changed else ""
        return self.words("gepubliceerd", datum=dutch.day(edition.publicatiedatum), gewijzigd=changed)

    def _named(self, source: SourceText) -> Marked:
        """A publication as texts name it, with a link where its address is known, as markup."""
        told = source.model_dump(exclude={"bron"})
        return self.writer.marked(self.texts["vermelding"], self.place("vermelding"), **told)

    @property
    def _imprint(self) -> ImprintText:
        return self.inputs.texts.imprint.text

    @property
    def _sources(self) -> dict[str, SourceText]:
        sources = self.inputs.texts.sources
        return {"studie": sources.studie, "cbs_tabel": sources.cbs_tabel}

    @property
    def _release(self) -> int | None:
        """The number of the release; none for exact counts and drafts."""
        return self.inputs.account.release

    @cached_property
    def _edition(self) -> EditionText | None:
        """What is set for this release."""
        return self.inputs.texts.imprint.edition(self.inputs.account.peildatum, self._release)
