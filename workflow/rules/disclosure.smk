# The gate of disclosure control: everything after it is made from the publication folder alone.


rule disclosure:
    input:
        cube="data/processed/{peildatum}/kubus.parquet",
        processing="data/processed/{peildatum}/verwerking.json",
        previous=wiring.previous_counts,
    output:
        tables="data/processed/{peildatum}/publicatie/tabellen.csv",
        processing="data/processed/{peildatum}/publicatie/verwerking.json",
        reproduction="data/processed/{peildatum}/publicatie/reproductie.csv",
        check=[
            "data/processed/{peildatum}/outputcontrole/verslag.txt",
            "data/processed/{peildatum}/outputcontrole/verslag.json",
            "data/processed/{peildatum}/outputcontrole/cellen.csv",
        ],
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
        "python -P -m wi2007.steps.disclosure --cube {input.cube} --processing {input.processing}"
        " --tables {params.project:q}/config/tables.yaml --rules {params.project:q}/config/disclosure.yaml"
        " --publication data/processed/{wildcards.peildatum}/publicatie"
        " --check data/processed/{wildcards.peildatum}/outputcontrole"
        " --key {params.key} --register {params.register} --rounding {params.rounding} {params.reason:q} {params.previous:q} 2> {log}"
