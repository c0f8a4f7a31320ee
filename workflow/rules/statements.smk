# From the gated tables to every statement of the study, computed again.


rule statements:
    input:
        tables="data/processed/{peildatum}/publicatie/tabellen.csv",
        processing="data/processed/{peildatum}/publicatie/verwerking.json",
        cbs="data/processed/{peildatum}/publicatie/cbs.csv",
        change="data/processed/{peildatum}/publicatie/verandering.csv",
    output:
        "data/processed/{peildatum}/publicatie/uitspraken.csv",
    log:
        "logs/{peildatum}/statements.txt",
    conda:
        "../../environment.yml"
    params:
        delivery=wiring.delivery_digest,
        code=fingerprint.code("statements"),
        project=wiring.project,
    shell:
        "python -P -m wi2007.steps.statements --public-tables {input.tables} --public-processing {input.processing}"
        " --tables {params.project:q}/config/tables.yaml --statements {params.project:q}/config/uitspraken.yaml"
        " --cbs {input.cbs} --change {input.change} --output {output} 2> {log}"
