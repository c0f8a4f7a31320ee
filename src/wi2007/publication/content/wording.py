"""Fill in texts with placeholders and a little markup, with filters for shares, names and lists; give them as spans.

A text in `config/report/` is a Jinja2 template with these marks: `**strong**`, `*emphasis*`,
`[words](begrip:id)` for a glossary term, `[words](https://… or #section)` for a link, `^[a footnote]`, and
`[tabel](tabel:2.1)` or `[figuur](figuur:id)` for its number in the report, which `publication.numbering` puts in.
A value that a placeholder brings in is never read as markup.
What does not belong here: any text, which finding is told, thresholds for telling it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, Literal

from jinja2 import Environment, StrictUndefined, Template, TemplateError

from schemas.report import NearWords, VariableWords, WordsText
from wi2007 import dutch, reference
from wi2007.errors import UserError
from wi2007.publication.content.blocks import Share
from wi2007.publication.document import Span, Text

_SPECIAL = re.compile(r"([\\*\[\]^])")
_MARK = re.compile(
    r"\\(?P<escaped>.)"
    r"|\*\*(?P<strong>(?:\\.|[^*\\])+)\*\*"
    r"|\*(?P<emphasis>(?:\\.|[^*\\])+)\*"
    r"|\^\[(?P<note>(?:\\.|[^\]\\])+)\]"
    r"|\[(?P<words>(?:\\.|[^\]\\])+)\]\((?P<target>[^)\s]+)\)"
)
_TERM = "begrip:"
REFERRED = ("tabel:", "figuur:")
"""What the target of a reference begins with."""
REFERENCE = re.compile("\ue000([^\ue001]*)\ue001")
"""A reference until its number is known: the target between two signs that no text has."""


_REFERENCE_MARK = re.compile(r"(?<!\\)\[((?:\\.|[^\]\\])+)\]\(((?:tabel|figuur):[^)\s]+)\)")


class Marked(str):
    """Text that already is markup: put into another text as it is."""


def escape(value: object) -> object:
    """Keep a value from being read as markup."""
    if isinstance(value, Marked) or not isinstance(value, str):
        return value
    return _SPECIAL.sub(r"\\\1", value)


def plain(text: str) -> str:
    """Take the escapes out of a text that has no other markup but references."""
    text = _REFERENCE_MARK.sub(lambda match: f"{match[1]} {reference_to(match[2])}", text)
    return re.sub(r"\\(.)", r"\1", text)


def reference_to(target: str) -> str:
    """Stand for the number of a table or a figure (tabel:2.1) until it is known."""
    return f"\ue000{target}\ue001"


def environment(filters: Mapping[str, Callable[..., Any]]) -> Environment:
    """A Jinja2 environment for texts: an unknown name is an error, values are escaped."""
    made = Environment(undefined=StrictUndefined, finalize=escape, autoescape=False, trim_blocks=True)
    made.filters.update(filters)
    return made


def render(templates: Environment, text: str, place: str, values: Mapping[str, Any]) -> Marked:
    """Fill the placeholders of one text; white space runs together.

    Raises `UserError` naming `place` when the text is no template or asks for what there is not.
    """
    try:
        filled = _compiled(templates, text).render(**values) if "{" in text else text
    except TemplateError as error:
        raise UserError(
            f"In config/report klopt een tekst niet ({place}): {error.message}. "
            "Verbeter de tekst; de namen die mogen, staan in docs/teksten.md."
        ) from error
    return Marked(" ".join(filled.split()))


@lru_cache(maxsize=1024)
def _compiled(templates: Environment, text: str) -> Template:
    return templates.from_string(text)


def spans(text: str) -> Text:
    """Markup to spans; neighbouring plain text is one span."""
    found: list[Span] = []
    plain_text = ""
    position = 0
    for match in _MARK.finditer(text):
        plain_text += text[position : match.start()]
        position = match.end()
        if match["escaped"]:
            plain_text += match["escaped"]
            continue
        if plain_text:
            found.append(Span(plain_text))
            plain_text = ""
        found.append(_span(match))
    plain_text += text[position:]
    if plain_text:
        found.append(Span(plain_text))
    return tuple(found)


def _span(match: re.Match[str]) -> Span:
    if match["strong"]:
        return Span(plain(match["strong"]), strong=True)
    if match["emphasis"]:
        return Span(plain(match["emphasis"]), emphasis=True)
    if match["note"]:
        return Span("", note=plain(match["note"]))
    target = plain(match["target"])
    if target.startswith(REFERRED):
        return Span(f"{plain(match['words'])} {reference_to(target)}", href=target)
    if target.startswith(_TERM):
        return Span(plain(match["words"]), term=target.removeprefix(_TERM))
    return Span(plain(match["words"]), href=target)


def words(text: Text) -> str:
    """The running text without marks, footnotes left out."""
    return "".join(span.text for span in text)


def number(value: Decimal) -> str:
    """A number with the decimals it has, decimal comma."""
    exponent = value.as_tuple().exponent
    return dutch.decimal(float(value), -exponent if isinstance(exponent, int) and exponent < 0 else 0)


def percent(share: Share) -> str:
    """A share as the table shows it: 27%."""
    return number(share.shown) + "%"


def persons(count: int) -> str:
    """1 persoon, 2 personen."""
    return f"{dutch.count(count)} {'persoon' if count == 1 else 'personen'}"


def listing(items: Sequence[str]) -> Marked:
    """a, b en c."""
    texts = [str(escape(item)) for item in items]
    if len(texts) < 2:
        return Marked("".join(texts))
    return Marked(", ".join(texts[:-1]) + " en " + texts[-1])


def rewritten(text: str) -> str:
    """Whole numbers of four digits or more in a text of the reference, the Dutch way: 236.997."""
    return re.sub(r"(?<![\w.,])\d{4,}(?![\w.,]*\d)", lambda match: dutch.count(int(match[0])), text)


def referring(numbers: Sequence[str]) -> list[str]:
    """The numbers of tables by which the files call them, as those that they have in the report."""
    return [reference_to(f"tabel:{number}") for number in numbers]


def quoted(items: Sequence[str]) -> list[str]:
    """Names between quotation marks."""
    return [f"‘{item}’" for item in items]


def capital(text: str) -> str:
    """The first letter as a capital; an opening quotation mark or an escape is passed over."""
    for position, character in enumerate(text):
        if character.isalnum():
            return type(text)(text[:position] + character.upper() + text[position + 1 :])
    return text


def fraction_words(share: Fraction, words: WordsText) -> str:
    """The name of the fraction a share is near to ('ruim een kwart'), or nothing when it is near none."""
    best: tuple[Fraction, str] | None = None
    for named in words.breuken:
        anchor = Fraction(named.teller, named.noemer)
        apart = (share - anchor) / anchor
        points = 100 * abs(share - anchor)
        if points > Fraction(str(words.nabij.hoogstens_punten)):
            continue
        near = _near(apart, named.woorden, words.nabij)
        if near and (best is None or abs(apart) < best[0]):
            best = (abs(apart), near)
    if best:
        return best[1]
    beyond = Fraction(1, 2) < share < Fraction(2, 3)
    return words.meer_dan_de_helft if beyond else ""


def _near(apart: Fraction, name: str, limits: NearWords) -> str:
    if apart == 0:
        return name
    if abs(apart) <= Fraction(str(limits.ongeveer)):
        return f"ongeveer {name}"
    if 0 < -apart <= Fraction(str(limits.bijna)):
        return f"bijna {name}"
    return f"ruim {name}" if 0 < apart <= Fraction(str(limits.ruim)) else ""


def part(share: Share, words: WordsText) -> str:
    """A share in words that hold for all that rounding leaves, always with the percentage: ruim een kwart (27%)."""
    least, most = (fraction_words(end, words) for end in (share.figure.low, share.figure.high))
    return f"{least} ({percent(share)})" if least and least == most else percent(share)


def how_many(share: Share, words: WordsText) -> str:
    """As `part`, and iedereen, bijna iedereen or niemand where that is sure; for a group that has been named."""
    if share.figure.low == 1:
        return f"{words.iedereen} ({percent(share)})"
    if share.figure.high == 0:
        return f"{words.niemand} ({percent(share)})"
    if 100 * share.figure.low >= Fraction(str(words.bijna_iedereen_vanaf)):
        return f"{words.bijna_iedereen} ({percent(share)})"
    return part(share, words)


def variable_words(variable: str, words: WordsText) -> VariableWords:
    """How a variable is spoken of."""
    return words.variabelen.get(variable, words.andere_variabele)


def with_article(label: str, words: WordsText) -> str:
    """A country's name as it stands in a sentence: de Sovjet-Unie."""
    for article, labels in words.lidwoorden.items():
        if label in labels:
            return f"{article} {label}"
    return label


def age_words(label: str, words: WordsText) -> dict[str, Any]:
    """The limits of an age class and which template names it; empty for a label that is no age class."""
    found = [each for each in reference.age_classes() if each.label == label]
    if not found:
        return {}
    lower, upper = found[0].lower, found[0].upper
    which: Literal["tot", "van_tot", "vanaf"] = "van_tot" if lower else "tot"
    form = words.leeftijd["vanaf" if upper is None else which]
    return {"vorm": form, "van": str(lower), "tot": str(upper)}
