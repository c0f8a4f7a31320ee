"""Leaks in the CSV files and in what they say together: sums, order, second draws.

What does not belong here: other files.
"""

from __future__ import annotations

from attack.leaks import Planted, leak
from attack.scene import Row, Scene

BASE = 5


def _again(rows: list[Row]) -> list[Row]:
    """Percentages of the counts as they are now, so that only the counts give anything away."""
    whole = {row["kolom"]: int(row["aantal"]) for row in rows if row["rijvariabele"] == "totaal"}
    everybody = whole.get("totaal", 0)
    made = []
    for row in rows:
        below = everybody if row["rijvariabele"] == "totaal" and everybody else whole[row["kolom"]]
        part = str(100 * int(row["aantal"]) / below) if below else ""
        made.append({**row, "procent": part, "noemer": str(below)})
    return made


@leak("leaks", r"not rounded: tabel 2\.1 ", tables_only=True)
def exact_count(scene: Scene) -> None:
    """One count was not rounded."""
    row = scene.off("2.1")
    rows = [{**one, "aantal": str(scene.true(row))} if one == row else one for one in scene.rows("2.1")]
    scene.put("2.1", rows)


@leak("leaks", r"percentage: .*tabel_2\.1", tables_only=True)
def percentages_of_true_counts(scene: Scene) -> None:
    """All percentages of a table are of true counts."""
    rows = scene.rows("2.1")
    exact = {row["kolom"]: scene.true(row) for row in rows if row["rijvariabele"] == "totaal"}
    for row in rows:
        if row["rijvariabele"] != "totaal" and scene.known(row):
            row["procent"] = str(100 * scene.true(row) / exact[row["kolom"]])
    scene.put("2.1", rows)


@leak("leaks", r"denominator: ", tables_only=True)
def true_denominator(scene: Scene) -> None:
    """The counts are rounded, what the percentages are of is not."""
    rows = scene.rows("2.1")
    true = scene.exact["2.1", "totaal", "totaal", "man"]["aantal"]
    assert true != rows[1]["noemer"]
    for row in rows:
        if row["kolom"] == "man" and row["rijvariabele"] != "totaal":
            row["noemer"] = true
    scene.put("2.1", rows)


@leak("violated", r"land_van_herkomst", tables_only=True)
def rest_of_true_counts(scene: Scene) -> None:
    """Overig was rounded by itself from the true rest, so that it does not fit the full list."""
    rows = scene.rows("2.1")
    for row in rows:
        if row["rij"] == "Overig" and row["kolom"] == "totaal":
            row["aantal"] = str(int(row["aantal"]) + BASE)
    scene.put("2.1", _again(rows))


@leak("violated", r"", tables_only=True)
def conventional_rounding(scene: Scene) -> None:
    """Every count of a table was rounded to the nearest multiple, whatever they add up to."""
    rows = [row for row in scene.rows("B.1") if scene.known(row)]
    for row in rows:
        row["aantal"] = str(BASE * round(scene.true(row) / BASE))
    scene.put("B.1", _again(rows))


@leak("violated", r" and \d+ \(", tables_only=True)
def second_draw(scene: Scene) -> None:
    """The same cells a second time, rounded by another draw: together they give counts away."""
    rows = scene.rows("2.3")
    for row in rows:
        true = scene.true(row)
        if true % BASE:
            low = BASE * (true // BASE)
            row["aantal"] = str(low if int(row["aantal"]) > low else low + BASE)
    scene.put("2.3", rows)
    (scene.folder / "tabellen/tabel_2.3.csv").rename(scene.folder / "tabellen/tabel_2.13.csv")


@leak("narrower|violated", r"", tables_only=True)
def second_draw_narrows(scene: Scene) -> None:
    """Of one small cell a second draw is shown: what both can be is less than what either can."""
    row = scene.off("2.1", lambda row, count: count < 3 * BASE)
    rows = scene.rows("2.1")
    true = scene.true(row)
    low = BASE * (true // BASE)
    other = low if int(row["aantal"]) > low else low + BASE
    text = ",".join(rows[0].keys()) + "\n" + ",".join([*list(row.values())[:6], str(other), "", ""]) + "\n"
    names = [one for one in rows if one["rij"] != row["rij"] and one["kolom"] == row["kolom"]]
    text += "".join(",".join([*list(one.values())[:7], "", ""]) + "\n" for one in names)
    scene.write("tabellen/tabel_2.11.csv", text)


@leak("leaks", r"order: ", tables_only=True)
def ranking_by_true_counts(scene: Scene) -> None:
    """The rows are in an order that the counts shown do not give."""
    rows = scene.rows("2.2")
    ranked = [row["rij"] for row in rows if row["rijvariabele"] == "gemeente" and row["kolom"] == "totaal"][
        :10
    ]
    counts = {row["rij"]: int(row["aantal"]) for row in rows if row["kolom"] == "totaal"}
    first = next(at for at in range(9) if counts[ranked[at]] > counts[ranked[at + 1]])
    swapped = {ranked[first]: ranked[first + 1], ranked[first + 1]: ranked[first]}
    own = {name: [row for row in rows if row["rij"] == name] for name in swapped}
    made: list[Row] = []
    for row in rows:
        name = swapped.get(row["rij"])
        made.append(
            row if name is None else own[name][[one["kolom"] for one in own[name]].index(row["kolom"])]
        )
    scene.put("2.2", made)


@leak("leaks", r"presence: ", tables_only=True)
def empty_rows_left_out(scene: Scene) -> None:
    """Rows without anybody are left out: a row with 0 that is there has somebody."""
    rows = scene.rows("B.1")
    empty = {
        row["rij"] for row in rows if row["kolom"] == "totaal" and scene.known(row) and scene.true(row) == 0
    }
    assert empty
    scene.put("B.1", [row for row in rows if row["rij"] not in empty])


@leak("unexplained", r"tabel_2\.1\.csv:", tables_only=True)
def comment_line(scene: Scene) -> None:
    """A line above the table tells how many there really were."""
    true = scene.exact["2.1", "totaal", "totaal", "totaal"]["aantal"]
    scene.write(
        "tabellen/tabel_2.1.csv", f"# {true} personen geteld\n" + scene.text("tabellen/tabel_2.1.csv")
    )


@leak("unexplained", r"\[exact\]", tables_only=True)
def column_too_many(scene: Scene) -> None:
    """A column with true counts was left in."""
    rows = scene.rows("2.1")
    scene.put("2.1", [{**row, "exact": str(scene.true(row)) if scene.known(row) else ""} for row in rows])


@leak("unexplained", r"tabellen/cbs\.csv", tables_only=True)
def true_count_among_those_of_cbs(scene: Scene) -> None:
    """A true count of DUO stands where a figure of CBS should."""
    row = scene.off("2.1", lambda row, count: count > 100)
    scene.replace("tabellen/cbs.csv", ",aantal,,2500,", f",aantal,,{scene.true(row)},")


ALL = tuple(one for one in list(globals().values()) if isinstance(one, Planted))
