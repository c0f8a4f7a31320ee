# From the publication folder to one content document, and from that to HTML, PDF and workbooks, side by side.


rule content:
    input:
        tables="data/processed/{peildatum}/publicatie/tabellen.csv",
        processing="data/processed/{peildatum}/publicatie/verwerking.json",
        reproduction="data/processed/{peildatum}/publicatie/reproductie.csv",
        cbs="data/processed/{peildatum}/publicatie/cbs.csv",
        cbs_source="data/processed/{peildatum}/publicatie/cbs.json",
        change="data/processed/{peildatum}/publicatie/verandering.csv",
        change_source="data/processed/{peildatum}/publicatie/verandering.json",
        statements="data/processed/{peildatum}/publicatie/uitspraken.csv",
        tempo="data/processed/{peildatum}/publicatie/tempo.csv",
        outlook="data/processed/{peildatum}/publicatie/vooruitzicht.csv",
        outlook_record="data/processed/{peildatum}/publicatie/vooruitzicht.json",
        sensitivity="data/processed/{peildatum}/publicatie/gevoeligheid.csv",
        readings="data/processed/{peildatum}/publicatie/gevoeligheid.json",
    output:
        document="data/processed/{peildatum}/publicatie/inhoud.json",
        charts=directory("data/processed/{peildatum}/publicatie/grafieken"),
        downloads=directory("data/processed/{peildatum}/rapport/downloads"),
    log:
        "logs/{peildatum}/content.txt",
    conda:
        "../../environment.yml"
    params:
        delivery=wiring.delivery_digest,
        cbs=wiring.cbs_digest,
        code=fingerprint.code("content"),
        project=wiring.project,
        # The boundaries of municipalities, where the configuration names a file: its name, and what is in it.
        map=wiring.map_options,
        boundaries=wiring.map_digest,
    shell:
        "python -P -m wi2007.steps.content --public-tables {input.tables} --public-processing {input.processing}"
        " --tables {params.project:q}/config/tables.yaml --texts {params.project:q}/config/report"
        " --document {output.document} --charts {output.charts}"
        " --public-cbs {input.cbs} --public-cbs-source {input.cbs_source}"
        " --public-change {input.change} --public-change-source {input.change_source}"
        " --public-reproduction {input.reproduction} --public-statements {input.statements}"
        " --public-tempo {input.tempo} --public-outlook {input.outlook} --public-outlook-record {input.outlook_record}"
        " --public-sensitivity {input.sensitivity} --public-readings {input.readings}"
        " --downloads {output.downloads}/tabellen"
        " --reproduction {output.downloads}/reproductie.csv {params.map:q} 2> {log}"


rule html:
    input:
        document="data/processed/{peildatum}/publicatie/inhoud.json",
        charts="data/processed/{peildatum}/publicatie/grafieken",
        downloads="data/processed/{peildatum}/rapport/downloads",
    output:
        "data/processed/{peildatum}/rapport/rapport.html",
    log:
        "logs/{peildatum}/html.txt",
    conda:
        "../../environment.yml"
    params:
        delivery=wiring.delivery_digest,
        cbs=wiring.cbs_digest,
        code=fingerprint.code("html"),
    shell:
        "python -P -m wi2007.steps.html --document {input.document} --charts {input.charts}"
        " --downloads {input.downloads}/tabellen --output {output} 2> {log}"


rule pdf:
    input:
        document="data/processed/{peildatum}/publicatie/inhoud.json",
        charts="data/processed/{peildatum}/publicatie/grafieken",
        downloads="data/processed/{peildatum}/rapport/downloads",
    output:
        "data/processed/{peildatum}/rapport/rapport.pdf",
    log:
        "logs/{peildatum}/pdf.txt",
    conda:
        "../../environment.yml"
    params:
        delivery=wiring.delivery_digest,
        cbs=wiring.cbs_digest,
        code=fingerprint.code("pdf"),
    shell:
        "python -P -m wi2007.steps.pdf --document {input.document} --charts {input.charts}"
        " --downloads {input.downloads}/tabellen --output {output} 2> {log}"


rule workbook:
    input:
        document="data/processed/{peildatum}/publicatie/inhoud.json",
        downloads="data/processed/{peildatum}/rapport/downloads",
    output:
        directory("data/processed/{peildatum}/rapport/werkboeken"),
    log:
        "logs/{peildatum}/workbook.txt",
    conda:
        "../../environment.yml"
    params:
        delivery=wiring.delivery_digest,
        cbs=wiring.cbs_digest,
        code=fingerprint.code("workbook"),
        project=wiring.project,
    shell:
        "python -P -m wi2007.steps.workbook --document {input.document} --downloads {input.downloads}/tabellen"
        " --texts {params.project:q}/config/report --output {output}/tabellen 2> {log}"
