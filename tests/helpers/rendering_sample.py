"""A document with every kind of block and awkward content, and two charts for it: what the renderers are tried on.

The figures are made up. Nothing here comes from a delivery.
"""

from __future__ import annotations

from dataclasses import replace

from wi2007.publication.document import (
    Cell,
    Chart,
    Choice,
    Chooser,
    Column,
    Document,
    Fact,
    Glossary,
    Imprint,
    Items,
    KeyFigure,
    KeyFigures,
    Licence,
    OtherName,
    Paragraph,
    Reference,
    Row,
    Section,
    Span,
    Sparkline,
    Table,
    Term,
)

LOGO = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30" width="90" height="30">'
    "<style>.a { fill: #7a0f3c }</style><title>Merk</title>"
    '<path class="a" d="M0 0 H30 V30 H0 Z"/><circle cx="60" cy="15" r="15" fill="#b5500b"/></svg>\n'
)

AWKWARD = (
    "a < b & c > d \"dubbel\" 'enkel'",
    "#let x = 1 $y^2$ *vet* _cursief_ @verwijzing `code` ~ // /* niets */",
    "C:\\map\\nieuw [haken] {accolades} (ronde) = - + / 1. <label>",
    "{{ jinja }} {% raw %} {# niets #} &amp; &lt;b&gt; </script> <!-- --> ]]>",
    "Joegoslavië, Súdwest-Fryslân, Curaçao, Côte d'Ivoire, Türkiye, São Tomé, Åland, Şırnak, Łódź, Țara, Ťažký",
    "Eenzeerlangwoordzonderspatiesdatnergenskanwordenafgebrokenenookinhetregisternietvoorkomtmaartochgetoondmoetworden",
    "'s-Gravenhage – ‘citaat’ “citaat” … € 1 × 2 ≤ 3 ≥ 2 → 50 %",
)
WITHOUT_GLYPH = "Город Қазақ 中国 😀 e\u0301 a\u0304\u0323 \u2011 \u200b eind"


def text(*parts: str | Span) -> tuple[Span, ...]:
    return tuple(part if isinstance(part, Span) else Span(part) for part in parts)


def paragraph(*parts: str | Span, role: str = "text") -> Paragraph:
    return Paragraph(text(*parts), role=role)  # type: ignore[arg-type]


def number(value: float | None) -> Cell:
    if value is None:
        return Cell("-", None)
    whole = f"{int(value):,}".replace(",", ".")
    return Cell(whole if value == int(value) else f"{value:.1f}".replace(".", ",") + "%", value)


GENDER_COLUMNS = tuple(
    Column(unit, "", group) for group in ("Totaal", "Man", "Vrouw") for unit in ("Aantal", "Procent")
)


def gender_table() -> Table:
    countries = ["Marokko", "Afghanistan", "Joegoslavië (voormalig)", "Côte d'Ivoire", "São Tomé en Príncipe"]
    rows = [Row("Totaal", tuple(map(number, (7919, 100, 4221, 53.3, 3698, 46.7))), "total")]
    for index, label in enumerate([*countries, AWKWARD[0], AWKWARD[1], AWKWARD[2], AWKWARD[5]]):
        count = 1234 - 97 * index
        rows.append(
            Row(label, tuple(map(number, (count, 15.6 - index, count // 3, 5.1, count - count // 3, 10.5))))
        )
    rows.append(Row("Overig", tuple(map(number, (210, 2.7, 100, None, 110, 1.4))), "rest"))
    return Table(
        id="tabel-2-1",
        number="2.1",
        shown="1",
        named="In de bestanden en in de studie: tabel 2.1",
        title="Nog steeds inburgeringsplichtig, naar geslacht en land van herkomst",
        population="Mensen die op de peildatum nog steeds inburgeringsplichtig zijn",
        header="Land van herkomst",
        columns=GENDER_COLUMNS,
        rows=tuple(rows),
        footnotes=("Overig zijn alle andere landen samen.", f"Let op: {AWKWARD[3]}"),
        source="DUO, bewerking wi2007",
        download="tabel_2_1.csv",
    )


def grouped_table() -> Table:
    rows: list[Row] = [Row("Totaal", tuple(map(number, (7919, 4221, 3698))), "total")]
    for group, labels in {
        "Gemeente": ["Amsterdam", "Súdwest-Fryslân", "’s-Gravenhage & omstreken"],
        "Leeftijd": ["25 tot 35", "35 tot 45", "Onbekend"],
    }.items():
        rows.append(Row(group, (), "group"))
        rows += [
            Row(label, tuple(map(number, (100 + 7 * i, 60, 40 + 7 * i)))) for i, label in enumerate(labels)
        ]
        rows.append(Row("Overig", tuple(map(number, (900, 500, 400))), "rest"))
    return Table(
        id="tabel-2-2",
        number="2.2",
        title="Nog steeds inburgeringsplichtig, naar gemeente en leeftijd",
        population="Mensen die op de peildatum nog steeds inburgeringsplichtig zijn",
        header="Kenmerk",
        columns=(Column("Totaal", "aantal"), Column("Man", "aantal"), Column("Vrouw", "aantal")),
        rows=tuple(rows),
    )


def wide_table() -> Table:
    labels = (
        "Totaal",
        "Inburgering voldaan",
        "Gehele vrijstelling",
        "Gedeeltelijke vrijstelling",
        "Ontheffing",
    )
    more = ("Nog steeds inburgeringsplichtig", "Uitstel", "Overleden & vertrokken", "Overig/onbekend")
    return Table(
        id="tabel-breed",
        number="2.4",
        title="Negen kolommen met lange namen, dus een titel die ook over meer dan één regel loopt als dat zo uitkomt",
        population="Iedereen die ooit inburgeringsplichtig is geweest",
        header="Land van herkomst of gemeente",
        columns=tuple(Column(label, "aantal") for label in labels + more),
        rows=tuple(
            Row(label, tuple(number(float(23456 * (i + 1) // (j + 1))) for j in range(9)))
            for i, label in enumerate(("Marokko", "Bosnië en Herzegovina", "Verenigde Staten van Amerika"))
        ),
        source="DUO",
    )


def long_table() -> Table:
    return Table(
        id="tabel-lang",
        number="2.9",
        title="Een lange tabel",
        population="Iedereen",
        header="Gemeente",
        columns=(Column("Aantal"), Column("Aandeel", "procent"), Column("Toelichting", numeric=False)),
        rows=(
            Row("Totaal", (number(90000), number(100), Cell("Alle gemeenten")), "total"),
            *(
                Row(
                    f"Gemeente {i:02d}",
                    (number(90000 // i), number(99.5 / i), Cell("Naar schatting" if i % 9 == 0 else "")),
                )
                for i in range(1, 81)
            ),
            Row("Overige gemeenten", (number(5), number(0.1), Cell("")), "rest"),
        ),
        footnotes=("Onder aan een lange tabel.",),
    )


def full_table() -> Table:
    """A table of the appendix: long, many columns, its file beside the report."""
    names = [
        *AWKWARD,
        "Súdwest-Fryslân",
        "’s-Hertogenbosch",
        "Bergen (L.)",
        *(f"Plaats {i}" for i in range(80)),
    ]
    routes = ("Totaal", "Voldaan", "Gehele vrijstelling", "Nog steeds inburgeringsplichtig", "Ontheffing")
    more = ("Natuurlijke uitstroom", "Onbekend")
    return Table(
        id="tabel-b-1",
        number="B.1",
        title="Alle plaatsen & <landen>",
        population="Iedereen",
        header="Plaats",
        columns=tuple(Column(label) for label in routes + more),
        rows=(
            Row("Totaal", tuple(number(7000.0 - i) for i in range(7)), "total"),
            *(
                Row(name, tuple(number(float((13 * i + 5 * j) % 1700)) for j in range(7)))
                for i, name in enumerate(names)
            ),
            Row("Register niet-ingezetenen", tuple(number(float(j)) for j in range(7)), "rest"),
        ),
        footnotes=("Aantallen.",),
        source="DUO",
        download="tabel_B.1.csv",
    )


def chooser() -> Chooser:
    """A choice among awkward names, with figures that need care."""
    columns = (Column("aantal", group="Landelijk"), Column("%", group="Landelijk"))
    still = Table(
        id="keuze-1",
        number="",
        title="geslacht & <leeftijd>",
        population="Iedereen </script> hier",
        header="Kenmerk",
        columns=columns,
        rows=(
            Row("Totaal", (number(7919.0), Cell("100", 100.0)), "total"),
            Row("Geslacht </script>", (), "group"),
            Row("Mannen", (number(4221.0), Cell("53", 53.3))),
            Row("Vrouwen & <meer>", (number(3698.0), Cell("47", 46.7))),
        ),
        footnotes=("Een punt betekent: niets. </script><script>",),
        sortable=False,
    )
    routes = replace(
        still,
        id="keuze-2",
        title="route",
        rows=(Row("Totaal", still.rows[0].cells, "total"), Row("Voldaan", still.rows[2].cells)),
        footnotes=(),
    )
    return Chooser(
        more="Meer & <minder>.",
        full=("tabel-b-1",),
        course="keuze-1",
        id="mijn-plaats",
        title="Mijn plaats",
        prompt="Kies een plaats",
        empty="nog niets <gekozen>",
        hint="Kies & kijk.",
        fallback="Zoek uw plaats in tabel B.1.",
        tables=(still, routes),
        choices=tuple(
            Choice(
                key,
                name,
                tuple((number(float(i + j)), Cell(*figures)) for j in range(5)),
                (OtherName(f"Oud & <{i}>", f"999{i}", f"Oud {i} is nu </script>"),),
            )
            for i, (key, name, figures) in enumerate(
                (
                    ("0363", "Amsterdam", ("12,5", 12.5)),
                    ("een plek", AWKWARD[3], ("100", 100.0)),
                    ("0518", "’s-Gravenhage </script><script>alert(1)</script>\u2028", (".", None)),
                )
            )
        ),
    )


def empty_table() -> Table:
    return Table(
        id="tabel-leeg",
        number="",
        title="Een tabel zonder rijen",
        population="Niemand",
        header="Land",
        columns=(Column("Aantal"),),
        rows=(),
    )


def text_table() -> Table:
    return Table(
        id="tabel-tekst",
        number="",
        title="Versies & herkomst",
        population="",
        header="Onderdeel",
        columns=(Column("Waarde", numeric=False), Column("Opmerking", numeric=False)),
        rows=(
            Row(
                "SHA-256",
                (
                    Cell("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
                    Cell("van de levering"),
                ),
            ),
            Row(
                "Opdracht",
                (
                    Cell("wi2007 run 2022-07-01 --directory /een/heel/lang/pad/naar/een/map/met_lange_namen"),
                    Cell(""),
                ),
            ),
            Row(AWKWARD[1], (Cell(AWKWARD[2]), Cell(AWKWARD[3]))),
        ),
        sortable=False,
    )


def chart(identity: str) -> Chart:
    return Chart(
        id=identity,
        title="Mannen en vrouwen naar land van herkomst & <leeftijd>",
        wide=f"{identity}_breed.svg",
        narrow=f"{identity}_smal.svg",
        alt='Staafdiagram: uit Marokko komen 1.234 mensen, "het meest" van alle landen & streken <samen>.',
        data=Table(
            id=f"{identity}-cijfers",
            number="",
            title="Cijfers bij de grafiek",
            population="Iedereen",
            header="Land",
            columns=(Column("Man"), Column("Vrouw")),
            rows=(
                Row("Marokko", (number(700), number(534))),
                Row("Curaçao", (number(70), number(54))),
                Row("Land <&> '\"", (number(1), number(None))),
            ),
            sortable=False,
        ),
        source="DUO, bewerking wi2007",
        shown="7",
    )


def svg(identity: str, width: int, height: int = 220) -> str:
    """A small bar chart the way the chart module writes them: text as text, ids with a prefix."""
    length = max(width - 180, 40)
    bars = "".join(
        f'<g id="{identity}_{i}"><path d="M 120 {20 + 50 * i} h {length // (i + 1)} v 30 h -{length // (i + 1)} z" '
        f'style="fill: #154273" clip-path="url(#{identity}_knip)"/>'
        f'<text style="font: 12px \'Source Sans Pro\'; text-anchor: start" x="0" y="{40 + 50 * i}">'
        f"{label}</text></g>"
        for i, label in enumerate(("Marokko", "Curaçao", "Land &lt;&amp;&gt;", "Türkiye"))
    )
    return (
        '<?xml version="1.0" encoding="utf-8" standalone="no"?>\n'
        f'<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="{width}pt" height="{height}pt" '
        f'viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" version="1.1" role="img">'
        f"<title>Grafiek</title><desc>Staven</desc>"
        f'<defs><clipPath id="{identity}_knip"><rect x="0" y="0" width="{width}" height="{height}"/></clipPath></defs>'
        f"{bars}</svg>\n"
    )


def sample_charts() -> dict[str, str]:
    return {
        f"{identity}_{size}.svg": svg(f"{identity}_{size}", width)
        for identity in ("grafiek-1", "grafiek-2")
        for size, width in (("breed", 460), ("smal", 300))
    } | {"verloop.svg": svg("verloop", 96, 38)}


def sample_downloads() -> dict[str, bytes]:
    lines = (
        "tabel,populatie,rijvariabele,rij,kolomvariabele,kolom,aantal,procent,noemer",
        "2.1,nog_inburgeringsplichtig,totaal,totaal,geslacht,totaal,7919,100.0,7919",
        '2.1,nog_inburgeringsplichtig,land_van_herkomst,"Bosnië, Herzegovina",geslacht,man,5,0.06,7919',
    )
    content = ("\n".join(lines) + "\n").encode()
    return {"tabel_2_1.csv": content, "tabel_B.1.csv": content}


def sample_imprint() -> Imprint:
    """A publication of which everything is known, with awkward signs."""
    return Imprint(
        facts=(
            Fact("Peildatum", text("1 juli 2022")),
            Fact("Bron", text("Dienst Uitvoering Onderwijs (DUO)")),
            Fact("Uitgever", text("Voorbeelduitgever")),
            Fact("Gepubliceerd", text("1 oktober 2022, gewijzigd op 4 november 2022")),
            Fact("Versie", text("1.1 (uitgave 1)")),
            Fact(
                "Contact",
                text("Bureau <A> & B, ", Span("a_b@voorbeeld.nl", href="mailto:a_b@voorbeeld.nl")),
            ),
        ),
        published="2022-10-01",
        changed="2022-11-04",
        version="1.1 (uitgave 1)",
        address="https://example.org/rapport",
        email="a_b@voorbeeld.nl",
        citation="Voorbeelduitgever (2022), ‘Wet inburgering 2007’, peildatum 1 juli 2022, versie 1.1",
        licence=Licence("CC-BY-4.0", "Creative Commons Naamsvermelding", "https://example.org/licentie"),
        references=(
            Reference("Makers (2023), Een studie", "https://example.org/studie"),
            Reference("Zonder adres"),
        ),
        logo=LOGO,
        logo_name="Voorbeelduitgever",
        main="#7a0f3c",
        mark="#b5500b",
    )


def sample_document() -> Document:
    note = Span("", note="Een noot met <tekens> & tekst: Curaçao.")
    return Document(
        title="Wet inburgering 2007: wie is nog inburgeringsplichtig?",
        subtitle="Stand van zaken & uitstroom naar geslacht, herkomst en gemeente",
        peildatum="2022-07-01",
        peildatum_text="1 juli 2022",
        source="Dienst Uitvoering Onderwijs (DUO)",
        notice="Demonstratie: verzonnen gegevens, geen mensen. Niet voor publicatie.",
        description="Proefrapport met <alle> soorten inhoud & lastige tekens",
        publisher="Voorbeelduitgever",
        imprint=sample_imprint(),
        language="nl",
        keywords=("inburgering", "Wi2007"),
        sections=(
            Section(
                "kern",
                "1",
                "Kerncijfers",
                (
                    KeyFigures(
                        (
                            KeyFigure(
                                "236.997",
                                "mensen ooit inburgeringsplichtig",
                                "zonder mensen met de Turkse nationaliteit",
                            ),
                            KeyFigure(
                                "7.919",
                                "mensen nog steeds inburgeringsplichtig",
                                "3,3% van iedereen die ooit plichtig was",
                                "100 minder dan op 1 juli 2021",
                                Sparkline(
                                    "verloop.svg", "Lijn van 9.000 in 2017", "De lijn begint bij 9.000."
                                ),
                            ),
                            KeyFigure("54,6%", "heeft aan de plicht voldaan", "van 236.997 mensen"),
                            KeyFigure("53%", "is man", "van 7.919 mensen"),
                        )
                    ),
                    paragraph(
                        "Dit is ",
                        Span("belangrijk", strong=True),
                        " en dit ",
                        Span("minder", emphasis=True),
                        ". ",
                        note,
                        Span("", note="Nog een noot."),
                    ),
                    paragraph("Deze gegevens zijn verzonnen.", role="notice"),
                ),
            ),
            Section(
                "lezen",
                "2",
                "Leeswijzer",
                (
                    paragraph(
                        "Zie de ",
                        Span("peildatum", term="peildatum"),
                        ", ",
                        Span("de website", href="https://www.example.org/a?b=1&c=2"),
                        " en ",
                        Span("tabel 2.1", href="#tabel-2-1"),
                        ".",
                    ),
                    Items(
                        (text("Eerste punt"), text("Tweede ", Span("punt", strong=True)), text(AWKWARD[3]))
                    ),
                    Items(
                        (text("Eerst dit"), text("Dan dat", Span("", note="Noot in een lijst."))),
                        ordered=True,
                    ),
                    *(paragraph(awkward) for awkward in AWKWARD),
                ),
                (
                    Section("lezen-a", "2.1", "Een paragraaf met <teken> & meer", (paragraph("Tekst."),)),
                    Section("lezen-b", "", "Een paragraaf zonder nummer", (paragraph("Tekst."),)),
                ),
            ),
            Section(
                "wie",
                "3",
                "Wie is nog inburgeringsplichtig",
                (),
                (
                    Section(
                        "wie-land",
                        "3.1",
                        "Naar land van herkomst",
                        (
                            paragraph("Uit Marokko komen 1.234 mensen: 15,6% van 7.919.", role="finding"),
                            gender_table(),
                            chart("grafiek-1"),
                        ),
                    ),
                    Section("wie-gemeente", "3.2", "Naar gemeente", (grouped_table(), chart("grafiek-2"))),
                ),
            ),
            Section(
                "hoe", "4", "Hoe zijn de anderen uitgestroomd", (wide_table(), long_table(), empty_table())
            ),
            Section(
                "begrippen",
                "5",
                "Begrippen",
                (
                    Glossary(
                        (
                            Term(
                                "peildatum",
                                "Peildatum",
                                text(
                                    "De dag waarop is geteld. Zie ook ",
                                    Span("uitstroomroute", term="route"),
                                    ".",
                                ),
                            ),
                            Term(
                                "route",
                                "Uitstroomroute",
                                text("Hoe iemand ", Span("niet meer", emphasis=True), " plichtig is."),
                            ),
                        )
                    ),
                ),
            ),
            Section("colofon", "6", "Colofon", (paragraph(f"Bestand: {AWKWARD[2]}"), text_table())),
        ),
        appendix=(
            Section(
                "bijlage",
                "",
                "Bijlage: alle plaatsen",
                (paragraph("Zie ", Span("tabel 2.1", href="#tabel-2-1"), "."),),
                (
                    Section("bijlage-keuze", "", "Mijn plaats", (chooser(),)),
                    Section("bijlage-tabel", "", "Alle plaatsen", (full_table(),)),
                ),
            ),
        ),
    )
