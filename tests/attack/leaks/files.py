"""Leaks in workbooks, in the PDF, in JSON, and in files and names that do not belong there.

What does not belong here: the page and the CSV files.
"""

from __future__ import annotations

import json
import re

import pikepdf

from attack.leaks import Planted, leak
from attack.scene import Scene

_SHEET = (
    '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{rows}</sheetData></worksheet>"
)


def _text_cell(at: str, text: str) -> str:
    return f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'


@leak("leaks|unexplained", r"blad 'kladblok'")
def hidden_sheet(scene: Scene) -> None:
    """A sheet that no program shows has the true table."""
    rows = [row for row in scene.rows("2.3") if scene.known(row) and row["kolom"] == "totaal"]
    made = "".join(
        f'<row r="{n}">{_text_cell(f"A{n}", row["rij"])}<c r="B{n}"><v>{scene.true(row)}</v></c></row>'
        for n, row in enumerate(rows, 1)
    )

    def change(parts: dict[str, bytes]) -> None:
        parts["xl/worksheets/sheet99.xml"] = _SHEET.format(rows=made).encode()
        book = parts["xl/workbook.xml"].decode()
        sheet = '<sheet name="kladblok" sheetId="99" state="veryHidden" r:id="rId99"/></sheets>'
        parts["xl/workbook.xml"] = book.replace("</sheets>", sheet).encode()

    scene.rezip("xlsx", change)


def _number_in(xml: str, wanted: str) -> re.Match[str]:
    found = re.search(rf"<v>{wanted}</v>", xml)
    assert found
    return found


@leak("leaks", r"not rounded: tabel B\.1")
def exact_behind_a_number_format(scene: Scene) -> None:
    """The workbook shows a count as 0 or 5, and holds the true one."""
    row = scene.off("B.1", lambda row, count: row["aantal"] == "5")

    def change(parts: dict[str, bytes]) -> None:
        names = re.findall(r'<sheet name="([^"]*)"', parts["xl/workbook.xml"].decode())
        part = f"xl/worksheets/sheet{names.index('Tabel B.1') + 1}.xml"
        xml = parts[part].decode()
        at = _number_in(xml, "5")
        parts[part] = (xml[: at.start()] + f"<v>{scene.true(row)}</v>" + xml[at.end() :]).encode()

    scene.rezip("xlsx", change)


@leak("unexplained", r"<definedName>")
def defined_name(scene: Scene) -> None:
    """A name in the workbook stands for a true count."""
    true = scene.secret()[1]

    def change(parts: dict[str, bytes]) -> None:
        book = parts["xl/workbook.xml"].decode()
        name = f'<definedName name="aantal_exact" hidden="1">{true}</definedName></definedNames>'
        parts["xl/workbook.xml"] = book.replace("</definedNames>", name, 1).encode()

    scene.rezip("xlsx", change)


@leak("unexplained", r"comments1\.xml")
def note_on_a_cell(scene: Scene) -> None:
    """A note on a cell tells the true count."""
    true = scene.secret()[1]
    xml = (
        '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><commentList>'
        f'<comment ref="B8" authorId="0"><text><t>eigenlijk {true}</t></text></comment></commentList></comments>'
    )
    scene.rezip("xlsx", lambda parts: parts.update({"xl/comments1.xml": xml.encode()}))


@leak("unexplained", r"docProps/core\.xml")
def property_of_the_workbook(scene: Scene) -> None:
    """The properties of the workbook tell a true count."""
    true = scene.secret()[1]

    def change(parts: dict[str, bytes]) -> None:
        core = parts["docProps/core.xml"].decode()
        parts["docProps/core.xml"] = core.replace("<dc:title>", f"<dc:title>{true} ", 1).encode()

    scene.rezip("xlsx", change)


@leak("leaks", r"(not rounded|behind a cell): .*ods")
def value_behind_a_cell(scene: Scene) -> None:
    """The cell of the ODS workbook shows the rounded count and has the true one as its value."""
    row = scene.off("B.1", lambda row, count: row["aantal"] == "5")

    def change(parts: dict[str, bytes]) -> None:
        xml = parts["content.xml"].decode()
        start = xml.index('table:name="Tabel B.1"')
        at = xml.index('office:value="5"', start)
        old = 'office:value="5"'
        parts["content.xml"] = (
            xml[:at] + f'office:value="{scene.true(row)}"' + xml[at + len(old) :]
        ).encode()

    scene.rezip("ods", change)


@leak("unexplained|leaks", r"ods blad 'weg'")
def hidden_sheet_of_the_other_workbook(scene: Scene) -> None:
    """A hidden sheet of the ODS workbook has a true count."""
    true = scene.secret()[1]
    cells = (
        '<table:table-row><table:table-cell office:value-type="string"><text:p>geteld</text:p></table:table-cell>'
        f'<table:table-cell office:value-type="float" office:value="{true}"><text:p>{true}</text:p></table:table-cell>'
        "</table:table-row>"
    )
    sheet = f'<table:table table:name="weg" table:display="false">{cells}</table:table></office:spreadsheet>'

    def change(parts: dict[str, bytes]) -> None:
        xml = parts["content.xml"].decode()
        parts["content.xml"] = xml.replace("</office:spreadsheet>", sheet).encode()

    scene.rezip("ods", change)


@leak("unexplained", r"rapport\.pdf /Keywords")
def information_of_the_document(scene: Scene) -> None:
    """The PDF tells a true count in its information."""
    true = scene.secret()[1]
    with pikepdf.open(scene.folder / "rapport.pdf", allow_overwriting_input=True) as file:
        file.docinfo["/Keywords"] = f"inburgering, n={true}"
        file.save()


@leak("unexplained", r"rapport\.pdf xmp")
def metadata_of_the_document(scene: Scene) -> None:
    """The PDF tells a true count in its XMP."""
    true = scene.secret()[1]
    with pikepdf.open(scene.folder / "rapport.pdf", allow_overwriting_input=True) as file:
        with file.open_metadata() as told:
            told["dc:source"] = f"telling van {true} rijen"
        file.save()


@leak("leaks", r"not rounded: .*bijlage exact\.csv")
def attachment(scene: Scene) -> None:
    """A true table is attached to the PDF."""
    rows = [row for row in scene.rows("2.3") if scene.known(row)]
    lines = [
        ",".join(rows[0]),
        *(",".join([*list(row.values())[:6], str(scene.true(row)), "", ""]) for row in rows),
    ]
    with pikepdf.open(scene.folder / "rapport.pdf", allow_overwriting_input=True) as file:
        file.attachments["exact.csv"] = pikepdf.AttachedFileSpec(
            file, "\n".join(lines).encode(), filename="exact.csv"
        )
        file.save()


@leak("unexplained", r"rapport\.pdf object /Alt")
def words_for_listeners(scene: Scene) -> None:
    """The text alternative of a picture in the PDF tells a true count."""
    true = scene.secret()[1]
    with pikepdf.open(scene.folder / "rapport.pdf", allow_overwriting_input=True) as file:
        picture = next(one for one in file.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one)
        picture["/Alt"] = pikepdf.String(f"{picture['/Alt']} Precies: {true}")
        file.save()


@leak("unexplained", r"datapackage\.json/aantal_geteld")
def field_of_the_package(scene: Scene) -> None:
    """The data package has a field with a true count."""
    package = json.loads(scene.text("tabellen/datapackage.json"))
    package["aantal_geteld"] = scene.secret()[1]
    scene.write("tabellen/datapackage.json", json.dumps(package))


@leak("unexplained", r"manifest\.json/tussenbestanden/tabellen\.csv/sha256")
def digest_of_the_true_tables(scene: Scene) -> None:
    """The manifest has the digest of a true table: who guesses the counts sees whether he is right."""
    manifest = json.loads(scene.text("manifest.json"))
    manifest["tussenbestanden"]["tabellen.csv"] = {"sha256": "5e" * 32}
    scene.write("manifest.json", json.dumps(manifest))


@leak("unexplained", r"manifest\.json/levering/bytes")
def size_of_the_delivery(scene: Scene) -> None:
    """The manifest has the size of the delivery, which the lengths of its rows add up to."""
    manifest = json.loads(scene.text("manifest.json"))
    manifest["levering"]["bytes"] = 22615323
    scene.write("manifest.json", json.dumps(manifest))


@leak("unexplained", r"manifest\.json/rijen/\d/aantal")
def true_funnel(scene: Scene) -> None:
    """The manifest tells the true number of persons."""
    manifest = json.loads(scene.text("manifest.json"))
    true = int(scene.exact["2.3", "totaal", "totaal", "totaal"]["aantal"])
    manifest["rijen"][-1]["aantal"] = true if true % 5 else true + 1
    scene.write("manifest.json", json.dumps(manifest))


@leak("unexplained", r"LEESMIJ\.txt:")
def line_of_a_log(scene: Scene) -> None:
    """A line of a log ended up in LEESMIJ.txt."""
    row = scene.off("2.1")
    line = f"DEBUG cel {row['rij']}/{row['kolom']} = {scene.true(row)}\n"
    scene.write("tabellen/LEESMIJ.txt", scene.text("tabellen/LEESMIJ.txt") + line)


@leak("unexplained", r"disclosure\.txt")
def log_in_the_folder(scene: Scene) -> None:
    """A log lies beside the report."""
    row = scene.off("2.1")
    scene.write("disclosure.txt", f"rounded {row['rij']}: {scene.true(row)} -> {row['aantal']}\n")


@leak("unexplained", r"naam van")
def count_in_a_name(scene: Scene) -> None:
    """A file is named after the number of its persons."""
    scene.write(f"tabellen/uitstroom_{scene.secret()[1]}.csv", scene.text("tabellen/tabel_2.3.csv"))


ALL = tuple(one for one in list(globals().values()) if isinstance(one, Planted))
