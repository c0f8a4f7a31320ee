# From the population at two peildata to who left and who entered which cell, and why: exact, left of the gate.


rule comparison:
    input:
        own=[
            "data/processed/{peildatum}/personen.parquet",
            "data/processed/{peildatum}/uitgesloten.parquet",
            "data/processed/{peildatum}/kubus.parquet",
            "data/processed/{peildatum}/verwerking.json",
        ],
        earlier=wiring.earlier,
    output:
        flows="data/processed/{peildatum}/stromen.parquet",
        record="data/processed/{peildatum}/stromen.json",
    log:
        "logs/{peildatum}/comparison.txt",
    conda:
        "../../environment.yml"
    params:
        delivery=wiring.delivery_digest,
        # The delivery before this one, with which it is compared.
        earlier=wiring.earlier_option,
        earlier_delivery=wiring.previous_digest,
        code=fingerprint.code("comparison"),
    shell:
        "python -P -m wi2007.steps.comparison --processed data/processed/{wildcards.peildatum} {params.earlier:q}"
        " --flows {output.flows} --record {output.record} 2> {log}"
