# From the published outflow and the points there are to three projections, side by side.


rule tempo:
    input:
        outflow="data/processed/{peildatum}/publicatie/tempo.csv",
        change="data/processed/{peildatum}/publicatie/verandering.csv",
        compared="data/processed/{peildatum}/publicatie/verandering.json",
        processing="data/processed/{peildatum}/publicatie/verwerking.json",
    output:
        outlook="data/processed/{peildatum}/publicatie/vooruitzicht.csv",
        record="data/processed/{peildatum}/publicatie/vooruitzicht.json",
    log:
        "logs/{peildatum}/tempo.txt",
    conda:
        "../../environment.yml"
    params:
        delivery=wiring.delivery_digest,
        code=fingerprint.code("tempo"),
        project=wiring.project,
    shell:
        "python -P -m wi2007.steps.tempo --outflow {input.outflow} --change {input.change} --compared {input.compared}"
        " --public-processing {input.processing} --choices {params.project:q}/config/tempo.yaml"
        " --outlook {output.outlook} --record {output.record} 2> {log}"
