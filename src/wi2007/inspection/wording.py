"""Word what was seen and found, in Dutch, without a value of a row."""

from __future__ import annotations

from math import floor

from schemas.columns import BIRTH, PERSON, STATUS_DAY
from wi2007 import dutch
from wi2007.inspection.contents import Content, kind_of
from wi2007.inspection.names import Named, shown
from wi2007.inspection.profile import Profile
from wi2007.inspection.proposal import Entry
from wi2007.inspection.settings import Settings
from wi2007.inspection.verdict import Found

_NAMED = {
    Named.OURS: "de naam is die van ons",
    Named.OTHER: "de naam is bekend",
    Named.PART: "de naam lijkt erop",
    Named.NOT: "de naam zegt niets",
    Named.WRONG: "de naam past niet",
}
_LEAST_TOLD = 0.05


def share(value: float) -> str:
    """Return a share as a percentage; never 100% where something is left."""
    return dutch.percent(floor(round(value * 1000, 6)) / 10, 1)


def distinct(profile: Profile) -> str:
    """Return in words how many different values there are."""
    return ("" if profile.exact else "± ") + dutch.count(profile.distinct)


def contents(profile: Profile, settings: Settings) -> str:
    """Return what the contents of a field look like."""
    if not profile.filled:
        return "leeg"
    best = sorted(
        (
            kind
            for kind, content in profile.contents.items()
            if kind != STATUS_DAY and content.share >= _LEAST_TOLD
        ),
        key=lambda kind: (-profile.contents[kind].share_strong, -profile.contents[kind].share),
    )
    # Few fields read as two kinds; the text then names both.
    told = [_read(profile.contents[kind], kind, settings) for kind in best[:2]]
    if profile.is_unique:
        told.insert(0, "uniek in elke rij" if profile.exact else "uniek, naar een steekproef")
    if not told:
        told = ["één waarde in elke rij" if profile.distinct == 1 else "geen codes of datums van ons"]
    return "; ".join(told)


def _read(content: Content, kind: str, settings: Settings) -> str:
    """Return a share, what it is, and the way most of it is written."""
    words = f"{share(content.share)} {settings.woorden[kind]}"
    way = max(content.rules, key=lambda rule: content.rules[rule], default="")
    plain = content.read - sum(content.rules.values())
    if way in settings.schrijfwijzen and content.rules[way] > plain:
        return f"{words}, {settings.schrijfwijzen[way]}"
    return f"{words} jjjjmmdd" if kind == BIRTH and not content.asked else words


def why(entry: Entry, settings: Settings) -> str:
    """Return why these fields are proposed."""
    return (
        "jaar, maand en dag staan elk in een eigen veld" if entry.parts else evidence(entry.found, settings)
    )


def evidence(found: Found, settings: Settings) -> str:
    """Return why a field is proposed."""
    if found.field is None or found.evidence is None:
        return "geen veld past"
    told = [_NAMED[found.evidence.named], _by_contents(found, settings)]
    if found.evidence.in_order:
        told.append("de volgorde van de datums klopt")
    return "; ".join(told)


def _by_contents(found: Found, settings: Settings) -> str:
    assert found.field is not None
    if not found.field.filled:
        return "het veld is leeg"
    kind = kind_of(found.column)
    if found.column == PERSON:
        return (
            "uniek in elke rij"
            if found.field.is_unique
            else f"uniek in {share(found.field.share_once)} van de rijen"
        )
    content = found.field.content(kind)
    if not content.read:
        return "de inhoud is niet te lezen"
    return _read(content, BIRTH if kind == STATUS_DAY else kind, settings)


def question(entry: Entry, profiles: tuple[Profile, ...], names_are_names: bool) -> str:
    """Return the question to decide."""
    found = entry.found
    if found.others and found.field is not None:
        names = [
            shown(found.field, names_are_names),
            *(shown(profiles[at], names_are_names) for at in found.others),
        ]
        many = "twee" if len(names) == 2 else dutch.count(len(names))
        return f"{many} mogelijkheden: {', '.join(names[:6])}{' en meer' if len(names) > 6 else ''}"
    if found.columns:
        return f"twee mogelijkheden: het veld kan ook {' of '.join(found.columns)} zijn"
    if entry.asked is not None:
        return entry.asked.question
    if entry.recode is not None:
        return "de codes moeten worden vertaald"
    if found.field is None:
        return "welk veld is dit?"
    return "klopt dit?"
