"""Reads the sentences of a report back and holds each claim against the tables and the persons, whatever made them.

A figure is that of the table. A comparison is true of the persons themselves, whom rounded tables show only nearly.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from schemas.tidy import TidyRow
from wi2007.tables import variables
from wi2007.tables.build import Counted

ENDED = {
    "voldeed aan de inburgeringsplicht": "Inburgering voldaan",
    "kreeg een gehele vrijstelling": "Gehele vrijstelling",
    "kreeg een gedeeltelijke vrijstelling": "Gedeeltelijke vrijstelling",
    "kreeg een ontheffing": "Ontheffing",
    "vertrok uit Nederland of overleed": "Natuurlijke uitstroom",
    "is nog inburgeringsplichtig": "Nog steeds inburgeringsplichtig",
    "heeft de uitstroomroute ‘Onbekend’": "Onbekend",
}
SHARE = r"(?:(?P<woorden>[A-Za-z ]+) \()?(?P<procent>[\d,]+)%\)?"
ITEM = re.compile(r"(?:,? ?(?:en )?)(?P<naam>[^(),]+?) \((?P<procent>[\d,]+)%\)")
PAIR = re.compile(
    r"(?P<naam>[^(),]+?) \((?P<a>[\d,]+)% van de (?P<wie>vrouwen|mannen), (?P<b>[\d,]+)% van de \w+\)"
)
UNIVERSE = r"van (?:alle personen|de personen)[^.:]*"
RNI = "Register niet-ingezetenen"
UNIVERSE_AT_HOME = rf"van (?:alle personen|de personen)[^.:,]*(?P<zonder>, zonder het {RNI})?"
FRACTIONS = {
    "een tiende": 10,
    "een vijfde": 20,
    "een kwart": 25,
    "een derde": Fraction(100, 3),
    "de helft": 50,
    "twee derde": Fraction(200, 3),
    "driekwart": 75,
}


class Truth:
    """The persons of a population by the labels of two variables."""

    def __init__(self, of_pairs: Counted, population: str, column: str) -> None:
        self.of_pairs = {
            pair: counts for pair, counts in of_pairs.items() if pair[::2] == (population, column)
        }
        self.names = variables.all_labels(column)

    def rows(self, variable: str, column: str = "totaal") -> dict[str, int]:
        """Persons by every label of a variable, in one column or in all."""
        labels = variables.all_labels(variable)
        found = dict.fromkeys(labels.values(), 0)
        for (row, at), count in next(c for pair, c in self.of_pairs.items() if pair[1] == variable).items():
            if column in ("totaal", self.names[at]):
                found[labels[row]] += count
        return found

    def size(self, column: str = "totaal") -> int:
        """Everybody in a column."""
        return sum(
            count
            for (_, at), count in next(iter(self.of_pairs.values())).items()
            if column in ("totaal", self.names[at])
        )

    def share(self, variable: str, row: str, column: str = "totaal") -> Fraction:
        """A row's part of a column."""
        size = self.size(column)
        return Fraction(self.rows(variable, column)[row], size) if size else Fraction(0)


class Oracle:
    """Reads sentences about one table and checks them with the table's tidy rows and the persons behind them."""

    def __init__(self, rows: list[TidyRow], places: int, truth: Truth) -> None:
        self.rows = rows
        self.places = places
        self.truth = truth
        self.cells = {(r.rij, r.kolom): r for r in rows if r.rijvariabele != "totaal"}
        self.totals = {r.kolom: r.aantal for r in rows if r.rijvariabele == "totaal"}
        self.columns = list(self.totals)
        self.everybody = self.totals.get("totaal", sum(self.totals.values()))

    def check(self, paragraph: str) -> None:
        self.check_words(paragraph)
        for sentence in re.split(r"(?<=[.]) (?=[‘A-Z0-9])", paragraph):
            for pattern, name in SENTENCES:
                if found := re.fullmatch(pattern, sentence):
                    getattr(self, name)(found)
                    break
            else:
                raise AssertionError(f"a sentence that nobody checks: {sentence}")

    def check_words(self, text: str) -> None:
        for near, name, percent in re.findall(
            rf"(ongeveer|bijna|ruim|)\s?({'|'.join(FRACTIONS)}) \(([\d,]+)%\)",
            text.lower().replace("meer dan de helft", ""),
        ):
            shown, anchor = number(percent), FRACTIONS[name]
            slack = Fraction(1, 2 * 10**self.places)
            low, high = {
                "ongeveer": (anchor - 2, anchor + 2),
                "bijna": (anchor - 5, anchor),
                "ruim": (anchor, anchor + 5),
                "": (anchor, anchor),
            }[near]
            assert low - slack <= Fraction(shown) <= high + slack, text
        for percent in re.findall(r"ijna iedereen \(([\d,]+)%\)", text):
            assert 95 <= number(percent) <= 100
        for percent in re.findall(r"eer dan de helft \(([\d,]+)%\)", text):
            assert 50 <= number(percent) < 67

    def label(self, name: str) -> str:
        """A name in a sentence back to the label in the table."""
        plain = re.sub(r"^(?:[Dd]e|[Hh]et) (?=[A-Z])", "", name.strip().strip("‘’"))
        for pattern, label in (
            (r"jonger dan (\d+) jaar", "tot {}"),
            (r"(\d+) tot (\d+) jaar", "{} tot {}"),
            (r"(\d+) jaar of ouder", "{} en ouder"),
        ):
            if found := re.fullmatch(pattern, plain):
                plain = label.format(*found.groups())
        known = {row for row, _ in self.cells} | set(self.columns)
        plain = next((one for one in known if plain == f"de {one.lower()}"), plain)
        assert plain in known, f"{name} is in no row or column"
        assert not plain.startswith("Overig"), "a rest is called by name"
        return plain

    def variable_of(self, row: str) -> str:
        return next(r.rijvariabele for r in self.rows if r.rij == row)

    def overall(self, row: str) -> int:
        if "totaal" in self.columns:
            return self.cells[row, "totaal"].aantal
        return sum(self.cells[row, column].aantal for column in self.columns)

    def real(self, row: str, column: str = "totaal") -> Fraction:
        """The part of the persons in a column that are really in a row."""
        return self.truth.share(self.variable_of(row), row, column)

    def really_above_all(self, rows: list[str]) -> None:
        """These rows have more persons than any other category of the variable, named or not."""
        variable = self.variable_of(rows[0])
        counts = self.truth.rows(variable)
        barred = {"Register niet-ingezetenen"} | (set() if variable == "uitstroomroute" else {"Onbekend"})
        others = [count for label, count in counts.items() if label not in {*rows, *barred}]
        assert min(counts[row] for row in rows) > max(others, default=0)

    def words_hold(self, found: re.Match[str], real: Fraction) -> None:
        """The words for a fraction are true of the persons."""
        words = (found["woorden"] or "").lower().strip()
        for name, anchor in FRACTIONS.items():
            if words.endswith(name) and "meer dan" not in words:
                assert ("bijna" not in words) or 100 * real <= anchor
                assert ("ruim" not in words) or 100 * real >= anchor
                assert abs(100 * real - anchor) <= 5
        assert "meer dan de helft" not in words or 2 * real > 1

    def ranked(self, row: str) -> list[tuple[int, str]]:
        """Counts of the rows beside this one that take part in a ranking, most first."""
        variable = self.variable_of(row)
        barred = {"Overig", "Register niet-ingezetenen"} | (
            set() if variable == "uitstroomroute" else {"Onbekend"}
        )
        names = dict.fromkeys(r.rij for r in self.rows if r.rijvariabele == variable)
        return sorted(((self.overall(n), n) for n in names if n not in barred), key=lambda x: -x[0])

    def shown(self, part: int, whole: int) -> Decimal:
        return Decimal(repr(100 * part / whole if whole else 0.0)).quantize(
            Decimal(1).scaleb(-self.places), ROUND_HALF_UP
        )

    def share(self, row: str, column: str) -> Decimal:
        return self.shown(self.cells[row, column].aantal, self.totals[column])

    def average(self, row: str) -> Decimal:
        return self.shown(self.overall(row), self.everybody)

    def at_home(self, row: str, found: re.Match[str]) -> Decimal:
        """A row's percentage of everybody but those of the RNI, whom the sentence must name where there are any."""
        abroad = self.totals.get(RNI, 0)
        assert bool(found["zonder"]) == bool(abroad)
        part = self.overall(row) - (self.cells[row, RNI].aantal if abroad else 0)
        return self.shown(part, self.everybody - abroad)

    def really_at_home(self, row: str) -> Fraction:
        """The part of everybody but those of the RNI who are really in a row."""
        variable = self.variable_of(row)
        part, whole = self.truth.rows(variable)[row], self.truth.size()
        if self.totals.get(RNI):
            part -= self.truth.rows(variable, RNI)[row]
            whole -= self.truth.size(RNI)
        return Fraction(part, whole) if whole else Fraction(0)

    # what sentences claim

    def largest(self, found: re.Match[str]) -> None:
        label = self.label(found["naam"])
        self.really_above_all([label])
        self.words_hold(found, self.real(label))
        assert number(found["procent"]) == self.average(label)
        self.named = [label]

    def most_live(self, found: re.Match[str]) -> None:
        self.largest(found)
        assert whole(found["personen"]) == self.overall(self.named[0])

    def ended(self, found: re.Match[str]) -> None:
        """A route is named by how the obligation ended."""
        label = ENDED[found["eindigde"]]
        self.really_above_all([label])
        self.words_hold(found, self.real(label))
        assert number(found["procent"]) == self.average(label)
        self.named = [label]

    def said_before(self, found: re.Match[str]) -> None:
        assert len(self.named) == 1

    def groups(self, found: re.Match[str]) -> None:
        items = [(self.label(m["naam"]), number(m["procent"])) for m in ITEM.finditer(found["lijst"])]
        self.named = [label for label, _ in items]
        assert len(items) > 1
        self.really_above_all(self.named)
        assert all(percent == self.average(label) for label, percent in items)

    def after(self, found: re.Match[str]) -> None:
        items = [(self.label(m["naam"]), number(m["procent"])) for m in ITEM.finditer(found["lijst"])]
        assert (found["werkwoord"] == "volgt") == (len(items) == 1)
        for label, percent in items:
            assert percent == self.average(label)
        for (label, percent), (_, following) in zip(items, [*items[1:], ("", None)], strict=True):
            self.named.append(label)
            if percent != following:
                self.really_above_all(self.named)

    def together(self, found: re.Match[str]) -> None:
        part = sum(self.overall(label) for label in self.named)
        assert number(found["procent"]) == self.shown(part, self.everybody)
        self.words_hold(found, sum(map(self.real, self.named), Fraction(0)))

    def tied(self, found: re.Match[str]) -> None:
        names = [self.label(name) for name in re.split(r", | en ", found["lijst"])]
        counts = self.ranked(names[0])
        top = [name for count, name in counts if count == counts[0][0]]
        assert sorted(names) == sorted(top)
        assert number(found["procent"]) == self.average(names[0])

    def many_tied(self, found: re.Match[str]) -> None:
        per_variable = [self.ranked(row) for row in dict.fromkeys(row for row, _ in self.cells)]
        assert any(
            sum(count == counts[0][0] for count, _ in counts) == int(found["aantal"])
            and self.shown(counts[0][0], self.everybody) == number(found["procent"])
            for counts in per_variable
            if counts
        )

    def everyone(self, found: re.Match[str]) -> None:
        label = self.label(found["naam"])
        assert self.overall(label) == self.everybody > 0
        assert self.real(label) == 1 if "bijna" not in found[0] else 100 * self.real(label) >= 95

    def only_rest(self, found: re.Match[str]) -> None:
        names = re.findall("‘([^’]+)’", found["lijst"])
        assert sum(self.overall(name) for name in names) == self.everybody
        variable = self.variable_of(names[0])
        shown = {r.rij for r in self.rows if r.rijvariabele == variable}
        ordinary = [
            count for label, count in self.truth.rows(variable).items() if label in shown - set(names)
        ]
        assert sum(ordinary) * 20 <= self.truth.size() if "bijna" in found[0] else not any(ordinary)
        assert ("rijen" in found[0]) == (len(names) > 1)

    def gender(self, found: re.Match[str]) -> None:
        who = found["wie"].lower()
        for pair in PAIR.finditer(found["lijst"]):
            name = re.sub(r"^(?:en |de gemeenten? |de leeftijdsklassen? )+", "", pair["naam"].strip(" ,"))
            label = self.label(name.removeprefix("en "))
            assert pair["wie"] == who
            columns = ("vrouw", "man") if who == "vrouwen" else ("man", "vrouw")
            first, second = (self.share(label, column) for column in columns)
            assert (number(pair["a"]), number(pair["b"])) == (first, second)
            assert first - second >= 2 - Decimal(1).scaleb(-self.places)
            assert self.real(label, columns[0]) > self.real(label, columns[1])
        assert PAIR.search(found["lijst"])
        plural = len(PAIR.findall(found["lijst"])) > 1
        assert not re.search(r"\bkomt\b", found[0]) or not plural
        assert not re.search(r"^Bij .* komen ", found[0]) or plural

    def little(self, found: re.Match[str]) -> None:
        self.at_most(Fraction(number(found["punten"])))

    def no_difference(self, found: re.Match[str]) -> None:
        self.at_most(Fraction(0))

    def at_most(self, points: Fraction) -> None:
        """In some variable men and women differ so many points at most, in every row of which there is one label."""
        known = {
            row: self.truth.rows(self.variable_of(row)) for row in dict.fromkeys(r for r, _ in self.cells)
        }
        assert any(
            all(
                100 * abs(self.real(row, "man") - self.real(row, "vrouw")) <= points
                for row in rows
                if row in known[row]
            )
            for rows in self.per_variable()
        )

    def per_variable(self) -> list[list[str]]:
        groups: dict[str, list[str]] = {}
        for row in dict.fromkeys(row for row, _ in self.cells):
            groups.setdefault(self.variable_of(row), []).append(row)
        return list(groups.values())

    def ages(self, found: re.Match[str], lowest: int, unknown: bool | None) -> int:
        rows = [r for r in self.rows if r.rijvariabele == "leeftijdsklasse" and r.kolom == "totaal"]
        nobody_is_told_of = not next((r.aantal for r in rows if r.rij == "Onbekend"), 0)
        assert unknown is None or nobody_is_told_of != unknown
        lower = {
            r.rij: 0 if r.rij.startswith("tot") else int(r.rij.split()[0])
            for r in rows
            if r.rij != "Onbekend"
        }
        return sum(r.aantal for r in rows if r.rij in lower and lower[r.rij] >= lowest)

    def older(self, found: re.Match[str]) -> None:
        part = self.ages(found, int(found["jaar"]), unknown=None)
        assert number(found["procent"]) == self.shown(part, self.everybody)
        lowest = int(found["jaar"])
        real = sum(
            count
            for label, count in self.truth.rows("leeftijdsklasse").items()
            if label[0].isdigit() and int(label.split()[0]) >= lowest
        )
        assert 2 * real > self.truth.size()
        self.words_hold(found, Fraction(real, self.truth.size()))

    def youngest(self, found: re.Match[str]) -> None:
        unknown = found[0].startswith("Voor zover")
        year = int(found["jaar"])
        assert self.ages(found, 0, unknown) == self.ages(found, year, unknown)
        for label, count in self.truth.rows("leeftijdsklasse").items():
            assert not count or label == "Onbekend" or (label[0].isdigit() and int(label.split()[0]) >= year)

    def unknown_age(self, found: re.Match[str]) -> None:
        assert self.cells["Onbekend", "totaal"].aantal == whole(found["aantal"])

    def high_low(self, found: re.Match[str]) -> None:
        row = self.label(found["rij"])
        for which, sign in (("hoog", 1), ("laag", -1)):
            items = {self.label(m["naam"]): number(m["procent"]) for m in ITEM.finditer(found[which] or "")}
            assert items or found[which] is None
            assert all(percent == self.share(row, column) for column, percent in items.items())
            named = [sign * self.real(row, column) for column in items]
            others = [
                sign * self.real(row, column) for column in self.ordinary_columns() if column not in items
            ]
            assert not items or min(named) > max(others)
        self.row = row

    def alone(self, found: re.Match[str]) -> None:
        assert number(found["procent"]) == self.at_home(self.label(found["rij"]), found)

    def mean(self, found: re.Match[str]) -> None:
        assert number(found["procent"]) == self.at_home(self.row, found)

    def same_everywhere(self, found: re.Match[str]) -> None:
        self.row = self.label(found["rij"])
        for column in self.ordinary_columns():
            assert self.share(self.row, column) == number(found["procent"])

    def one_column(self, found: re.Match[str]) -> None:
        self.row = self.label(found["rij"])
        assert self.ordinary_columns() == [self.label(found["kolom"])]
        assert self.share(self.row, self.ordinary_columns()[0]) == number(found["procent"])

    def ordinary_columns(self) -> list[str]:
        barred = ("Overig", "Register", "Onbekend", "totaal")
        return [c for c in self.columns if not c.startswith(barred) and self.totals[c]]

    def above(self, found: re.Match[str]) -> None:
        row = self.label(found["rij"])
        average = self.at_home(row, found)
        assert number(found["procent"]) == average
        items = [(self.label(m["naam"]), number(m["procent"])) for m in ITEM.finditer(found["lijst"])]
        assert items
        for column, percent in items:
            assert percent == self.share(row, column) >= average + 2 - Decimal(1).scaleb(-self.places)
            assert self.real(row, column) > self.really_at_home(row)

    def apart(self, found: re.Match[str]) -> None:
        row, column = self.label(found["rij"]), found["kolom"]
        assert number(found["procent"]) == self.share(row, column)
        real = self.real(row, column)
        assert 2 * real > 1
        if "iedereen (" in found[0]:
            assert 100 * real >= 95 if "bijna" in found[0] else real == 1

    def nobody(self, found: re.Match[str]) -> None:
        assert self.truth.size() == 0

    def size(self, found: re.Match[str]) -> None:
        assert whole(found["aantal"]) == self.everybody

    def below_the_floor(self, found: re.Match[str]) -> None:
        assert 0 < self.everybody < 100

    def too_few(self, found: re.Match[str]) -> None:
        assert self.everybody == 0


def number(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", "."))


def whole(text: str) -> int:
    return int(text.replace(".", ""))


GROUP = r"(?:personen uit|inwoners van|personen van|personen met \w+ \w+|personen in \w+ \w+)"
NAME = r"(?P<naam>[^:]+?)"
ROW = r"(?P<rij>.+?)"
LIST = r"(?P<lijst>.*)"
PERCENT = r"(?P<procent>[\d,]+)%"
OF_ALL = rf"{SHARE} {UNIVERSE}\."
EACH = rf"elk (?:bij )?{PERCENT} {UNIVERSE}\."
YEARS = r"(?P<jaar>\d+) jaar"
SEXES = "(?:mannen|vrouwen)"
YEARS_OF = "(?:tijd tot de AOW-leeftijd|duur van de plicht)"
SENTENCES = [
    (rf"De grootste groep komt uit {NAME}: {OF_ALL}", "largest"),
    (rf"De grootste groep (?:naar {YEARS_OF} )?is {NAME}: {OF_ALL}", "largest"),
    (rf"In {NAME} wonen de meesten: (?P<personen>[\d.]+) perso(?:on|nen), {OF_ALL}", "most_live"),
    (rf"{SHARE} {UNIVERSE}, (?P<eindigde>{'|'.join(ENDED)})\.", "ended"),
    (r"Dat is de grootste groep\.", "said_before"),
    (rf"De grootste leeftijdsklasse is {NAME}: {OF_ALL}", "largest"),
    (rf"Daarna (?P<werkwoord>volgt|volgen) {LIST}\.", "after"),
    (rf"Samen is dat {SHARE}\.", "together"),
    (rf"{LIST} komen als land van herkomst even vaak en het vaakst voor: {EACH}", "tied"),
    (rf"De gemeenten {LIST} tellen de meeste personen en zijn even groot: {EACH}", "tied"),
    (rf"{LIST} zijn even groot en vormen de grootste groepen: {EACH}", "tied"),
    (rf"De grootste leeftijdsklassen zijn {LIST} {UNIVERSE}\.", "groups"),
    (
        rf"De (?:grootste groepen(?: naar {YEARS_OF})?|gemeenten met de meeste personen) zijn {LIST}\.",
        "groups",
    ),
    (rf"De uitstroomroutes die het meest voorkomen, zijn {LIST}\.", "groups"),
    (rf"De meeste personen komen uit {LIST}\.", "groups"),
    (rf"Samen is dat {OF_ALL}", "together"),
    (rf"De (?P<aantal>\d+) grootste groepen zijn even groot: {EACH}", "many_tied"),
    (rf"Voor (?:bijna )?iedereen is [a-z ]+ gelijk: {NAME} \({PERCENT} {UNIVERSE}\)\.", "everyone"),
    (rf"In deze indeling staat (?:bijna )?iedereen in de rij(?:en)? {LIST}\.", "only_rest"),
    (rf"(?P<wie>Vrouwen|Mannen) (?:komen|wonen) vaker dan {SEXES} (?:uit|in) {LIST}\.", "gender"),
    (rf"Bij (?P<wie>vrouwen|mannen) (?:komt|komen) {LIST} vaker voor dan bij {SEXES}\.", "gender"),
    (r"Mannen en vrouwen verschillen hierin weinig: .* meer dan (?P<punten>[\d,]+) procentpunt\.", "little"),
    (r"Er is hierin geen verschil tussen mannen en vrouwen\.", "no_difference"),
    (rf"(?:(?P<woorden>[A-Z][a-z ]+) \()?{PERCENT}\)? is {YEARS} of ouder\.", "older"),
    (rf"Niemand is jonger dan {YEARS}\.", "youngest"),
    (rf"Voor zover de leeftijd bekend is, is niemand jonger dan {YEARS}\.", "youngest"),
    (r"Van (?P<aantal>[\d.]+) perso(?:on|nen) is de leeftijdsklasse onbekend\.", "unknown_age"),
    (
        rf"Van de [\w ]+? in deze tabel is het aandeel {ROW}(?: het hoogst bij {GROUP} (?P<hoog>.*?))?"
        rf"(?: en)?(?: het laagst bij {GROUP} (?P<laag>.*))?\.",
        "high_low",
    ),
    (rf"Het aandeel {ROW} is bij de [\w ]+? in deze tabel even groot: {PERCENT}\.", "same_everywhere"),
    (rf"Bij {GROUP} (?P<kolom>.+) is het aandeel {ROW} {PERCENT}\.", "one_column"),
    (
        rf"Bij {GROUP} (?P<hoog>.+?\)) is het aandeel {ROW} groter dan bij {GROUP} (?P<laag>.+?\))\.",
        "high_low",
    ),
    (rf"Gemiddeld is het {PERCENT} {UNIVERSE_AT_HOME}\.", "mean"),
    (rf"Gemiddeld is het aandeel {ROW} {PERCENT} {UNIVERSE_AT_HOME}\.", "alone"),
    (
        rf"De \w+ {ROW} komt vaker dan gemiddeld \({PERCENT} {UNIVERSE_AT_HOME}\) voor bij {GROUP} {LIST}\.",
        "above",
    ),
    (rf"Van de personen in de groep ‘(?P<kolom>.+)’ hoort (?:[a-z ]+ \()?{PERCENT}\)? bij {ROW}\.", "apart"),
    (r"Op \d+ \w+ \d+ hoort niemand bij deze populatie\.", "nobody"),
    (r"Op \d+ \w+ \d+ horen te weinig personen bij deze populatie om te tonen\.", "too_few"),
    (r"Deze groep telt (?:ongeveer )?(?P<aantal>[\d.]+) perso(?:on|nen)\.", "size"),
    (r"Dat is te weinig voor percentages\.", "below_the_floor"),
]
