"""Leaks in rapport.html.

What does not belong here: other files.
"""

from __future__ import annotations

import json
import re

from attack.leaks import Planted, leak
from attack.scene import Scene

PAGE = "rapport.html"
_COLUMN = {"totaal": 0, "man": 1, "vrouw": 2}


def _change(scene: Scene, number: str, label: str, column: int, change: object) -> None:
    """Change the cell in this row and column (from 0, after the label) of a table of the page."""
    page = scene.text(PAGE)
    start = page.index(f'id="tabel-{number.lower().replace(".", "-")}"')
    row = page.index(f">{label}</th>", start)
    end = page.index("</tr>", row)
    cells = list(re.finditer(r"<td.*?</td>", page[row:end]))
    cell = cells[column]
    changed = change(cell[0])  # type: ignore[operator]
    assert changed != cell[0]
    scene.write(PAGE, page[: row + cell.start()] + changed + page[row + cell.end() :])


def _cell(scene: Scene, number: str = "2.1") -> tuple[str, int, int]:
    """Row, place of the count, and true count of a cell that was rounded."""
    row = scene.off(number, lambda row, count: row["kolom"] in _COLUMN)
    return row["rij"], 2 * _COLUMN[row["kolom"]], scene.true(row)


@leak("leaks", r"percentage: .* \(rapport\.html #tabel-2-")
def percentage_of_true_counts(scene: Scene) -> None:
    """A percentage of true counts with a decimal more than the table has, where rounding makes a difference in it."""
    rows = [row for number in ("2.1", "2.2", "2.3") for row in scene.rows(number) if scene.known(row)]
    told = [(row, *_percentages(scene, row)) for row in rows if row["rijvariabele"] != "totaal"]
    row, true = next((row, true) for row, true, shown in told if true != shown)
    column = 2 * _COLUMN[row["kolom"]] + 1
    _change(scene, row["tabel"], row["rij"], column, lambda cell: re.sub(">[^<]*<", f">{true}<", cell))


def _percentages(scene: Scene, row: dict[str, str]) -> tuple[str, str]:
    """The percentage of a cell with a decimal more than its table shows, of true counts and as published."""
    whole = int(scene.exact[row["tabel"], "totaal", "totaal", row["kolom"]]["aantal"])
    digits = 2 if row["tabel"] == "2.3" else 1
    true, shown = (f"{part:.{digits}f}" for part in (100 * scene.true(row) / whole, float(row["procent"])))
    return true.replace(".", ","), shown.replace(".", ",")


@leak("leaks", r"behind a cell: .*@title")
def tooltip(scene: Scene) -> None:
    """The true count appears when the pointer rests on the cell."""
    label, column, true = _cell(scene)
    _change(scene, "2.1", label, column, lambda cell: cell.replace("<td", f'<td title="{true} personen"', 1))


@leak("leaks", r"behind a cell: .*@data-value")
def value_for_sorting(scene: Scene) -> None:
    """The rounded count is shown, but sorting uses the true one."""
    label, column, true = _cell(scene)
    _change(scene, "2.1", label, column, lambda cell: cell.replace("<td", f'<td data-value="{true}"', 1))


@leak("leaks", r"behind a cell: .*@data-value")
def unrounded_percentage_for_sorting(scene: Scene) -> None:
    """The percentage is shown rounded, and is there unrounded, of true counts."""
    row = scene.off("2.1", lambda row, count: row["kolom"] == "totaal")
    true = 100 * scene.true(row) / int(scene.exact["2.1", "totaal", "totaal", "totaal"]["aantal"])
    _change(
        scene, "2.1", row["rij"], 1, lambda cell: re.sub('data-value="[^"]*"', f'data-value="{true}"', cell)
    )


@leak("leaks", r"behind a cell: .*@style")
def width_of_a_bar_in_a_cell(scene: Scene) -> None:
    """A style sheet draws a bar as long as the true percentage."""
    label, column, true = _cell(scene)
    _change(
        scene,
        "2.1",
        label,
        column,
        lambda cell: cell.replace("<td", f'<td style="--deel: {true / 7.13:.3f}%"', 1),
    )


@leak("leaks", r"behind a cell: .*@aria-label")
def words_for_screen_readers(scene: Scene) -> None:
    """Who listens hears the true count."""
    label, column, true = _cell(scene, "B.1")
    _change(scene, "B.1", label, column // 2, lambda cell: cell.replace("<td", f'<td aria-label="{true}"', 1))


def _bar(page: str) -> re.Match[str]:
    """The first long bar of the first chart of table 2.1."""
    start = page.index('<figure id="grafiek-2-1')
    found = re.compile(r'<path d="M (\S+) (\S+) L (\S+) (\S+) L (\S+) (\S+) L (\S+) (\S+) z"').search(
        page, start
    )
    assert found
    return found


@leak("leaks", r"coordinate: .* \(rapport\.html #grafiek-2-1")
def coordinate_with_too_many_digits(scene: Scene) -> None:
    """A bar ends where the unrounded percentage puts it."""
    page = scene.text(PAGE)
    bar = _bar(page)
    scene.write(PAGE, page[: bar.start(3)] + f"{bar[3]}1734" + page[bar.end(3) :])


@leak("leaks", r"bar: .* \(rapport\.html #grafiek-2-1")
def bar_of_the_true_count(scene: Scene) -> None:
    """A bar is longer than its figure, to the tenth of a pixel."""
    page = scene.text(PAGE)
    bar = _bar(page)
    end = float(bar[3])
    longer = f"{end - 0.04 * (end - float(bar[1])):.1f}"
    changed = bar[0].replace(f"L {bar[3]} ", f"L {longer} ")
    scene.write(PAGE, page[: bar.start()] + changed + page[bar.end() :])


@leak("unexplained", r"<desc>")
def description_of_a_drawing(scene: Scene) -> None:
    """A drawing describes itself with a true count."""
    row = scene.off("2.1")
    scene.replace(PAGE, "</svg>", f"<desc>{row['rij']}: {scene.true(row)} personen</desc></svg>")


@leak("unexplained", r"svg commentaar|<title>")
def title_of_a_drawing(scene: Scene) -> None:
    """A drawing has a title with a true count."""
    row = scene.off("2.2")
    scene.replace(PAGE, "</svg>", f"<title>{row['rij']} {scene.true(row)}</title></svg>")


@leak("unexplained", r"commentaar")
def comment(scene: Scene) -> None:
    """A comment is left in the page."""
    scene.replace(PAGE, "</main>", f"<!-- ruwe telling: {scene.secret()[1]} --></main>")


@leak("unexplained", r"#\S+ tekst")
def sentence(scene: Scene) -> None:
    """A sentence has a true count."""
    row = scene.off("2.1")
    scene.replace(
        PAGE, '<p class="finding">', f'<p class="finding">Uit {row["rij"]} komen {scene.true(row)} personen. '
    )


@leak("violated|leaks", r"keuze")
def data_of_the_chooser(scene: Scene) -> None:
    """The data behind the choice of a municipality hold a true count."""
    row = scene.off("B.1", lambda row, count: row["kolom"] == "man" and row["rij"] not in ("Onbekend",))
    page = scene.text(PAGE)
    found = re.search(r"(<script[^>]*json[^>]*>)(.*?)(</script>)", page, re.DOTALL)
    assert found
    data = json.loads(found[2])
    choice = next(one for one in data["choices"] if one[1] == row["rij"])
    place = choice[2].index(row["aantal"])
    choice[2][place] = str(scene.true(row))
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    scene.write(PAGE, page[: found.start(2)] + text + page[found.end(2) :])


@leak("unexplained", r"oude sleutel")
def code_that_is_none(scene: Scene) -> None:
    """The old code behind a name of a municipality is a true count."""
    row = scene.off("B.1", lambda row, count: count > 10)
    found = re.search(r'\["Weesp",\s*"0457"', scene.text(PAGE))
    assert found
    scene.replace(PAGE, found[0], f'["Weesp","{scene.true(row):04d}"')


@leak("unexplained", r"data-cell")
def mark_of_a_bar(scene: Scene) -> None:
    """What a bar says it draws is a true count."""
    row = scene.off("2.1", lambda row, count: count > 100)
    scene.replace(PAGE, 'data-cell="0 1"', f'data-cell="0 {scene.true(row)}"')


@leak("violated|leaks", r"noscript|tabel-b-1")
def folded_table(scene: Scene) -> None:
    """A table that is folded in the page has a true count."""
    row = scene.off("B.1", lambda row, count: row["kolom"] == "totaal" and row["rij"] not in ("Onbekend",))
    _change(scene, "B.1", row["rij"], 1, lambda cell: re.sub(">[^<]*<", f">{scene.true(row)}<", cell))


@leak("unexplained", r"<script>")
def script(scene: Scene) -> None:
    """A script holds a table of true counts."""
    counts = [scene.true(row) for row in scene.rows("2.3") if scene.known(row)]
    scene.replace(PAGE, "</body>", f"<script>const exact = {counts};</script></body>")


@leak("leaks", r"not rounded: .*data:")
def file_inside_the_page(scene: Scene) -> None:
    """A download inside the page has the true table."""
    import base64

    rows = [dict(row) for row in scene.rows("2.3")]
    lines = ["tabel,populatie,rijvariabele,rij,kolomvariabele,kolom,aantal,procent,noemer"]
    lines += [
        ",".join([*list(row.values())[:6], str(scene.true(row)), "", ""]) for row in rows if scene.known(row)
    ]
    data = base64.b64encode("\n".join(lines).encode()).decode()
    page = scene.text(PAGE)
    place = re.search(r"base64,[\w+/=]+", page[page.index('download="tabel_2.3.csv"') :])
    assert place
    scene.write(PAGE, page.replace(place[0], f"base64,{data}", 1))


@leak("unexplained", r"#reproductie|#errata")
def annex_in_a_real_report(scene: Scene) -> None:
    """The comparison with the study, with true counts, in a report that is no demonstration."""
    row = scene.off("2.3")
    annex = f'<section id="reproductie"><h2>Bijlage</h2><p>Berekend: {scene.true(row)}</p></section>'
    scene.replace(PAGE, "</main>", annex + "</main>")


@leak("unexplained", r"rapport\.html.*tabel-c-4")
def estimate_of_a_true_count(scene: Scene) -> None:
    """An estimate was made of the true count of a municipality, not of the rounded one."""
    share = 2500 / 9010
    row = scene.off(
        "2.2",
        lambda row, count: (
            (row["rijvariabele"], row["kolom"]) == ("gemeente", "totaal")
            and row["rij"] != "Overig"
            and round(count * share) != round(int(row["aantal"]) * share)
        ),
    )
    true = round(scene.true(row) * share)
    _change(scene, "C.4", row["rij"], 2, lambda cell: re.sub(">[^<]*<", f">{true}<", cell))


ALL = tuple(one for one in list(globals().values()) if isinstance(one, Planted))
