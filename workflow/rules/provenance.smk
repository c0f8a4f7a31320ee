# The manifest, and the report put in its place: readers see the old report or the new one, never parts of both.


rule manifest:
    input:
        folder=ancient("data/raw/{peildatum}"),
        persons=ancient("data/processed/{peildatum}/personen.parquet"),
        excluded=ancient("data/processed/{peildatum}/uitgesloten.parquet"),
        cube="data/processed/{peildatum}/kubus.parquet",
        outflow="data/processed/{peildatum}/uitstroom.parquet",
        variants="data/processed/{peildatum}/varianten.parquet",
        distribution="data/processed/{peildatum}/verdeling.json",
        processing="data/processed/{peildatum}/verwerking.json",
        flows=[
            "data/processed/{peildatum}/stromen.parquet",
            "data/processed/{peildatum}/stromen.json",
        ],
        exact="data/processed/{peildatum}/tabellen.csv",
        publication=[
            "data/processed/{peildatum}/publicatie/tabellen.csv",
            "data/processed/{peildatum}/publicatie/verwerking.json",
            "data/processed/{peildatum}/publicatie/reproductie.csv",
            "data/processed/{peildatum}/publicatie/cbs.csv",
            "data/processed/{peildatum}/publicatie/cbs.json",
            "data/processed/{peildatum}/publicatie/verandering.csv",
            "data/processed/{peildatum}/publicatie/verandering.json",
            "data/processed/{peildatum}/publicatie/uitspraken.csv",
            "data/processed/{peildatum}/publicatie/tempo.csv",
            "data/processed/{peildatum}/publicatie/vooruitzicht.csv",
            "data/processed/{peildatum}/publicatie/vooruitzicht.json",
            "data/processed/{peildatum}/publicatie/gevoeligheid.csv",
            "data/processed/{peildatum}/publicatie/gevoeligheid.json",
            "data/processed/{peildatum}/publicatie/inhoud.json",
            "data/processed/{peildatum}/publicatie/grafieken",
        ],
        check="data/processed/{peildatum}/outputcontrole/verslag.json",
        contracts="data/processed/{peildatum}/contracten.json",
        downloads="data/processed/{peildatum}/rapport/downloads",
        workbooks="data/processed/{peildatum}/rapport/werkboeken",
        validation=[
            "data/processed/{peildatum}/rapport/validatie.html",
            "data/processed/{peildatum}/rapport/validatie.csv",
        ],
        html="data/processed/{peildatum}/rapport/rapport.html",
        pdf="data/processed/{peildatum}/rapport/rapport.pdf",
    output:
        # Removed when the rule fails, so that the next run does not take the reports below for new ones.
        record="data/processed/{peildatum}/rapport/herkomst.json",
        # `update`: an earlier report stays until the new file replaces it.
        report=[update(path) for path in wiring.placed(config)],
    log:
        "logs/{peildatum}/manifest.txt",
    conda:
        "../../environment.yml"
    params:
        path=wiring.delivery,
        workbook=wiring.cbs_workbook,
        delivery=wiring.delivery_digest,
        cbs=wiring.cbs_digest,
        code=fingerprint.code("manifest"),
        rounding=wiring.rounding(config),
    shell:
        "python -P -m wi2007.steps.manifest --delivery {params.path:q} {params.workbook:q}"
        " --processed data/processed/{wildcards.peildatum} --record {output.record}"
        " --report reports/{wildcards.peildatum} --rounding {params.rounding} 2> {log}"
