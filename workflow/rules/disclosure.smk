# The gate of disclosure control: everything after it is made from the publication folder alone.


rule disclosure:
    input:
        cube="data/processed/{peildatum}/kubus.parquet",
        outflow="data/processed/{peildatum}/uitstroom.parquet",
        processing="data/processed/{peildatum}/verwerking.json",
        previous=wiring.previous_counts,
    output:
        tables="data/processed/{peildatum}/publicatie/tabellen.csv",
        processing="data/processed/{peildatum}/publicatie/verwerking.json",
        reproduction="data/processed/{peildatum}/publicatie/reproductie.csv",
        tempo="data/processed/{peildatum}/publicatie/tempo.csv",
        check=[
            "data/processed/{peildatum}/outputcontrole/verslag.txt",
            "data/processed/{peildatum}/outputcontrole/verslag.json",
            "data/processed/{peildatum}/outputcontrole/cellen.csv",
        ],
        rounded="data/processed/{peildatum}/outputcontrole/afgerond.json",
    log:
        "logs/{peildatum}/disclosure.txt",
    conda:
        "../../environment.yml"
    params:
        delivery=wiring.delivery_digest,
        code=fingerprint.code("disclosure"),
        project=wiring.project,
        rounding=wiring.rounding(config),
        reason=wiring.reason,
        previous=wiring.previous_counts_options,
        # Kept from run to run, and therefore no output: the key of the draw, and which releases there were.
        key="data/afrondsleutel",
        register="data/uitgaven/{peildatum}.json",
    shell:
        "python -P -m wi2007.steps.disclosure --cube {input.cube} --processing {input.processing} --outflow {input.outflow}"
        " --tables {params.project:q}/config/tables.yaml --rules {params.project:q}/config/disclosure.yaml"
        " --tempo {params.project:q}/config/tempo.yaml"
        " --publication data/processed/{wildcards.peildatum}/publicatie"
        " --check data/processed/{wildcards.peildatum}/outputcontrole"
        " --key {params.key} --register {params.register} --rounding {params.rounding} {params.reason:q} {params.previous:q} 2> {log}"


rule change:
    input:
        flows="data/processed/{peildatum}/stromen.parquet",
        record="data/processed/{peildatum}/stromen.json",
        processing="data/processed/{peildatum}/verwerking.json",
        rounded="data/processed/{peildatum}/outputcontrole/afgerond.json",
        earlier=wiring.earlier_rounded,
    output:
        change="data/processed/{peildatum}/publicatie/verandering.csv",
        told="data/processed/{peildatum}/publicatie/verandering.json",
        check="data/processed/{peildatum}/outputcontrole/verandering.json",
    log:
        "logs/{peildatum}/change.txt",
    conda:
        "../../environment.yml"
    params:
        delivery=wiring.delivery_digest,
        code=fingerprint.code("change"),
        earlier=wiring.earlier_rounded_option,
        key="data/afrondsleutel",
    shell:
        "python -P -m wi2007.steps.change --flows {input.flows} --record {input.record} --processing {input.processing}"
        " --rounded {input.rounded} {params.earlier:q} --publication data/processed/{wildcards.peildatum}/publicatie"
        " --check {output.check} --key {params.key} 2> {log}"
