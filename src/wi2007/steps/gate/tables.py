"""The release of the tables: from exact counts to the publication folder, and the record for the output checker."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from schemas.statement_tables import REPRODUCTION, Comparison
from schemas.tempo_tables import TEMPO
from schemas.tidy import TIDY, TidyRow
from wi2007 import settings, study
from wi2007.dates import moment
from wi2007.decisions import plain
from wi2007.errors import UnsafeError
from wi2007.pipeline import PUBLICATION
from wi2007.project import CONFIG, DEMONSTRATION_PEILDATUM, mark_of
from wi2007.protection import funnel, record
from wi2007.protection.audit import NotSafeError
from wi2007.protection.cells import Sums
from wi2007.protection.gate import Draws, Protected, protect
from wi2007.protection.gate import repaired as repair
from wi2007.protection.linear import NoSolutionError
from wi2007.protection.register import NEVER, Register, Release, counted, differing, entered, given, mark
from wi2007.protection.release import Rounded, changed, to_json
from wi2007.protection.request import ProtectionRequest
from wi2007.protection.rounding import draw
from wi2007.settings import OFF
from wi2007.steps.case import Case
from wi2007.steps.edge import tell, write_text
from wi2007.steps.gate import kept, register, secret
from wi2007.steps.gate.exact import Exact
from wi2007.tables.build import tables_of
from wi2007.tables.tidy import reproduction
from wi2007.tempo.rates import tempo_rows

_INSTEAD = "Zet 'afronding: 10' in config/config.yaml, of laat tabellen weg uit config/tables.yaml."
_FEW = (
    "Let op: sinds de vorige peildatum zijn minder dan {persons} mensen bij gekomen, weggegaan of veranderd. Wie beide "
    "uitgaven naast elkaar legt, kan over hen meer raden dan de bedoeling is. Kies 'afronding: {base}' in "
    "config/config.yaml, of breng deze peildatum niet apart naar buiten."
)
_REPLACED = (
    "{peildatum}: uitgave {number} was niet vastgelegd als naar buiten gegaan en is vervangen, door {why}. De "
    "aantallen zijn opnieuw afgerond: geef alleen het nieuwe rapport door."
)


@dataclass(frozen=True)
class Made:
    """The tables as they are shown, and how they were protected; None where nothing is."""

    shown: Rounded
    protected: Protected | None = None


def rounded(case: Case, exact: Exact, earlier: Mapping[int, int] | None = None) -> Made:
    """Round the tables, with the figures of closed years in the report before (`earlier`).

    Raises `UnsafeError` when it is not safe.
    """
    if case.rounding == OFF:
        return Made(Rounded(None, exact.of_pairs, {}))
    base = int(case.rounding)
    made = _safe(replace(_asked(exact, base), earlier=earlier or {}), _draws(case, exact, base))
    return _shown(base, made)


def repaired(
    case: Case, exact: Exact, earlier: Mapping[int, int], before: Made, joined: Sequence[Sums]
) -> Made | None:
    """Round the tables again, so that the sums of these parts of the change hold too; None where that cannot be.

    As many figures as can be stay what they were `before`.
    """
    if before.protected is None:
        return None
    base = int(case.rounding)
    asked, drawn = replace(_asked(exact, base), earlier=earlier), _draws(case, exact, base).of_attempt(0)
    try:
        return _shown(base, repair(asked, before.protected.released, joined, drawn))
    except (NotSafeError, NoSolutionError):
        return None


def _shown(base: int, made: Protected) -> Made:
    return Made(Rounded(base, made.of_pairs, made.merged, made.figures, made.closed, made.reach), made)


def released(case: Case, exact: Exact) -> Made | None:
    """Give the tables as they went out; None when they did not.

    A release stays as it is when the peildatum before it is added, changed or taken away.
    """
    if case.rounding == OFF or not _is_entered(case, exact):
        return None
    known = register.read(_register(case)).releases
    if not known:
        return None
    base, key = int(case.rounding), secret.key_of(case, exact.processing, exact.rules)
    marks = mark(key, "gegevens", exact.digest), mark(key, "sleutel"), base
    for one in known:
        went_out = kept.read(_register(case), one.nummer)
        if went_out and (one.gegevens, one.sleutel, one.basis) == marks:
            with suppress(NotSafeError, NoSolutionError):
                made = repair(_asked(exact, base), went_out, (), _draws(case, exact, base).of_attempt(0))
                if _draw_mark(key, made, base) == one.trekking:
                    return _shown(base, made)
    alone = rounded(case, exact)
    trekking = alone.protected and _draw_mark(key, alone.protected, base)
    return alone if any(one.trekking == trekking for one in known) else None


def write(case: Case, exact: Exact, made: Made) -> None:
    """Write the exact tables, what may be published, and the record; enter the release in the register."""
    exact_tables = tables_of(exact.of_pairs, exact.specification, exact.peildatum, {})
    write_text(case.made("tabellen.csv"), TIDY.to_csv(exact_tables))
    if made.protected is None:
        public = funnel.unprotected(exact.processing, exact.rules.omvang)
        outflow, of_outflow = exact.outflow, dict(exact.outflow.counts)
        kept: dict[str, str] = {
            "verslag.txt": "Onthullingscontrole staat uit: niets is beschermd of nagegaan.\n"
        }
    else:
        question = _asked(exact, int(case.rounding))
        release, public = _released(exact, question, made.protected, case)
        outflow, of_outflow = made.protected.outflow or exact.outflow, dict(made.protected.shown)
        summary = record.summary(question, made.protected, release) | _nearness(exact, question, case)
        kept = {
            "verslag.json": _json(summary),
            "verslag.txt": record.told(summary),
            "cellen.csv": record.small_cells(made.protected),
        }
    write_text(case.made("outputcontrole/afgerond.json"), to_json(made.shown))
    for name in ("verslag.json", "verslag.txt", "cellen.csv"):
        write_text(case.made(f"outputcontrole/{name}"), kept.get(name, ""))
    tables = tables_of(made.shown.of_pairs, exact.specification, exact.peildatum, made.shown.merged)
    least = (exact.choices.minstens_plichtig, exact.choices.minstens_uitgestroomd)
    rates = tempo_rows(of_outflow, outflow.periods, outflow.axes, *least)
    write_text(case.made(PUBLICATION + TIDY.file), TIDY.to_csv(tables))
    write_text(
        case.made(PUBLICATION + TEMPO.file), TEMPO.to_csv(rates, mark_of(case.rounding == OFF, draft=False))
    )
    comparisons = REPRODUCTION.to_csv(_comparisons(exact, exact_tables, case))
    write_text(case.made(PUBLICATION + REPRODUCTION.file), comparisons)
    write_text(
        case.made("publicatie/verwerking.json"), _json(public | ({"proef": True} if case.draft else {}))
    )


def _asked(exact: Exact, base: int) -> ProtectionRequest:
    return ProtectionRequest(
        tables=exact.tables,
        around=funnel.counted(exact.processing),
        peildatum=exact.peildatum,
        base=base,
        rules=exact.rules,
        outflow=exact.outflow,
        who=exact.who,
    )


def _released(
    exact: Exact, question: ProtectionRequest, made: Protected, case: Case
) -> tuple[Release | None, dict[str, Any]]:
    """As which release the counts go, and the record of the processing that may be published."""
    key = secret.key_of(case, exact.processing, exact.rules)
    data = exact.digest
    peildatum = exact.processing["peildatum"]
    release = None
    number = 0 if case.draft else 1
    if _is_entered(case, exact):
        release = _entered(exact, question, made, case)
        number = release.nummer
    rows = funnel.rows_rounded(question.base, draw(key, peildatum, question.base, data, "rijen"))
    public = funnel.published(exact.processing, made.shown, question.rules, rows)
    public["levering"]["kenmerk"] = mark(key, "levering", exact.processing["levering"]["sha256"])
    public["afronding"] = {
        "basis": question.base,
        "afwijking": question.base * made.reach,
        "rest_wijkt_verder_af": bool(made.loose),
        "uitgave": number,
        "samengevoegd": bool(made.merged),
    }
    return release, public


def _entered(exact: Exact, question: ProtectionRequest, made: Protected, case: Case) -> Release:
    """Enter the release in the register, and keep its tables; tell the user when one that never left is replaced."""
    key = secret.key_of(case, exact.processing, exact.rules)
    about = exact.processing["levering"]
    new = Release(
        nummer=0,
        basis=question.base,
        gegevens=mark(key, "gegevens", exact.digest),
        sleutel=mark(key, "sleutel"),
        trekking=_draw_mark(key, made, question.base),
        reden=settings.read().hertrekking.get(exact.peildatum, ""),
        op=moment()[:10],
        naar_buiten=NEVER,
        invoer=mark(key, *given(about["sha256"], about.get("instellingen", ""))),
        naast=_beside(case),
        tabellen=mark(key, *counted(plain(CONFIG / "tables.yaml"))),
    )
    path = _register(case)
    before = register.read(path)
    after, release = entered(before, new)
    is_new = before.drawn(release.trekking) is None
    if is_new or kept.read(path, release.nummer) is None:
        kept.write(path, release.nummer, made.released)
    register.write(path, case.peildatum, after)
    if is_new and before.in_house:
        _tell_replaced(before, release, case)
    return release


def _tell_replaced(before: Register, release: Release, case: Case) -> None:
    last = before.in_house[-1]
    why = " en ".join(differing(last, release)) or "andere tabellen of een andere versie van het programma"
    tell(_REPLACED.format(peildatum=case.peildatum, number=last.nummer, why=why), 0)


def _beside(case: Case) -> tuple[str, str] | None:
    """The peildatum before this one, and the mark of its counts as this report shows them; None without a release."""
    processing = case.before("publicatie/verwerking.json")
    if case.earlier is None or processing is None or not processing.is_file():
        return None
    shown = json.loads(processing.read_text(encoding="utf-8"))["afronding"]
    known = shown and register.read(case.run.register(case.earlier)).numbered(shown["uitgave"])
    return (case.earlier, known.trekking) if known else None


def _is_entered(case: Case, exact: Exact) -> bool:
    """Whether the counts go out as a release: those of a draft and of invented persons do not."""
    return not case.draft and not exact.processing["demonstratie"]


def _draw_mark(key: bytes, made: Protected, base: int) -> str:
    told = {at: shown for at, shown in made.shown.items() if at not in made.hidden}
    return mark(key, "trekking", base, sorted(told.items()))


def _register(case: Case) -> Path:
    return case.run.register(case.peildatum)


def _nearness(exact: Exact, question: ProtectionRequest, case: Case) -> dict[str, Any]:
    """For the record: how many persons changed since the peildatum before; the user is warned when they are few."""
    persons, rule = _changed(exact, case), question.rules.weinig_veranderd
    few = persons is not None and persons < rule.personen
    if few and question.base < rule.basis and not exact.processing["demonstratie"]:
        tell(_FEW.format(persons=rule.personen, base=rule.basis), 0)
    return {"minstens_veranderd_sinds_vorige": persons, "weinig_veranderd": few}


def _changed(exact: Exact, case: Case) -> int | None:
    """How many persons changed at the least since the peildatum before; None where there is none of the same kind."""
    cube, processing = case.before("kubus.parquet"), case.before("verwerking.json")
    if cube is None or processing is None:
        return None
    earlier = json.loads(processing.read_text(encoding="utf-8"))
    if earlier["demonstratie"] != exact.processing["demonstratie"]:
        return None
    return changed(pq.ParquetFile(cube).read(), exact.cube, exact.peildatum)


def _draws(case: Case, exact: Exact, base: int) -> Draws:
    """Draw by the set of persons, the same in every release; anew where few changed since another release.

    With few changes, a figure that stays where nobody changed shows where somebody did (decision 0023).
    """
    key = secret.key_of(case, exact.processing, exact.rules)
    lasting = draw(key, "personen", base)
    if _is_near_another(case, exact, key):
        return Draws(
            lambda attempt: draw(key, exact.processing["peildatum"], base, exact.digest, attempt), lasting
        )
    return Draws(lambda attempt: draw(key, "personen", base, attempt) if attempt else lasting, lasting)


def _is_near_another(case: Case, exact: Exact, key: bytes) -> bool:
    """Tell whether the peildatum before, or the first release of this one that left, has nearly the same persons."""
    changed_since = _changed(exact, case)
    few = changed_since is not None and changed_since < exact.rules.weinig_veranderd.personen
    if few or not _is_entered(case, exact):
        return few
    left = register.read(_register(case)).left
    return bool(left) and left[0].gegevens != mark(key, "gegevens", exact.digest)


def _safe(question: ProtectionRequest, draws: Draws) -> Protected:
    try:
        return protect(question, draws)
    except NotSafeError as error:
        raise UnsafeError(
            f"Er is niets gemaakt: van {error.cells} kleine cellen zou een lezer meer te weten kunnen komen dan mag, "
            f"ook na {question.rules.pogingen} trekkingen. {_INSTEAD}"
        ) from None
    except NoSolutionError:
        raise UnsafeError(
            "Er is niets gemaakt: met deze aantallen is er geen afronding waarbij alle tabellen optellen. "
            + _INSTEAD
        ) from None


def _comparisons(exact: Exact, tables: Sequence[TidyRow], case: Case) -> list[Comparison]:
    """The study's figures beside ours: of demonstration data, or where nothing is protected; of no other peildatum."""
    if exact.processing["peildatum"] != DEMONSTRATION_PEILDATUM:
        return []
    if not exact.processing["demonstratie"] and case.rounding != OFF:
        return []
    return reproduction(tables, study.figures())


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
