# From the publication folder to one content document, and from that to HTML and PDF, side by side.


rule content:
    input:
        tables="data/processed/{peildatum}/publicatie/tabellen.csv",
        processing="data/processed/{peildatum}/publicatie/verwerking.json",
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
        code=fingerprint.code("content"),
        project=wiring.project,
        reproduction=wiring.reproduction,
        # The boundaries of municipalities, where the configuration names a file: its name, and what is in it.
        map=wiring.map_options,
        boundaries=wiring.map_digest,
    shell:
        "python -P -m wi2007.steps.content --public-tables {input.tables} --public-processing {input.processing}"
        " --tables {params.project:q}/config/tables.yaml --texts {params.project:q}/config/report"
        " --document {output.document} --charts {output.charts}"
        " --downloads {output.downloads}/tabellen {params.reproduction:q} {params.map:q} 2> {log}"


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
        code=fingerprint.code("pdf"),
    shell:
        "python -P -m wi2007.steps.pdf --document {input.document} --charts {input.charts}"
        " --downloads {input.downloads}/tabellen --output {output} 2> {log}"
