# From the cube to the exact tables, and every table held against its contract.


rule tables:
    input:
        cube="data/processed/{peildatum}/kubus.parquet",
        processing="data/processed/{peildatum}/verwerking.json",
    output:
        exact="data/processed/{peildatum}/tabellen.csv",
    log:
        "logs/{peildatum}/tables.txt",
    conda:
        "../../environment.yml"
    params:
        delivery=wiring.delivery_digest,
        code=fingerprint.code("tables"),
        project=wiring.project,
    shell:
        "python -P -m wi2007.steps.tables --cube {input.cube} --processing {input.processing}"
        " --tables {params.project:q}/config/tables.yaml --exact {output.exact} 2> {log}"


rule contracts:
    input:
        cube="data/processed/{peildatum}/kubus.parquet",
        outflow="data/processed/{peildatum}/uitstroom.parquet",
        processing="data/processed/{peildatum}/verwerking.json",
        exact="data/processed/{peildatum}/tabellen.csv",
        tables="data/processed/{peildatum}/publicatie/tabellen.csv",
        flows="data/processed/{peildatum}/stromen.parquet",
    output:
        "data/processed/{peildatum}/contracten.json",
    log:
        "logs/{peildatum}/contracts.txt",
    conda:
        "../../environment.yml"
    params:
        delivery=wiring.delivery_digest,
        code=fingerprint.code("contracts"),
    shell:
        "python -P -m wi2007.steps.contracts --cube {input.cube} --outflow {input.outflow} --processing {input.processing}"
        " --exact {input.exact} --public-tables {input.tables} --flows {input.flows} --record {output} 2> {log}"
