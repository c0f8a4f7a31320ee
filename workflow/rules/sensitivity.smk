# The gate for other readings of the choices: which statements would change. It publishes statements, no counts.


rule sensitivity:
    input:
        variants="data/processed/{peildatum}/varianten.parquet",
        cube="data/processed/{peildatum}/kubus.parquet",
        processing="data/processed/{peildatum}/verwerking.json",
        rounded="data/processed/{peildatum}/outputcontrole/afgerond.json",
        public="data/processed/{peildatum}/publicatie/verwerking.json",
        cbs="data/processed/{peildatum}/publicatie/cbs.csv",
    output:
        outcomes="data/processed/{peildatum}/publicatie/gevoeligheid.csv",
        told="data/processed/{peildatum}/publicatie/gevoeligheid.json",
        check="data/processed/{peildatum}/outputcontrole/gevoeligheid.json",
    log:
        "logs/{peildatum}/sensitivity.txt",
    conda:
        "../../environment.yml"
    params:
        delivery=wiring.delivery_digest,
        code=fingerprint.code("sensitivity"),
        key="data/afrondsleutel",
    shell:
        "python -P -m wi2007.steps.sensitivity --variants {input.variants} --cube {input.cube}"
        " --processing {input.processing} --rounded {input.rounded} --public-processing {input.public}"
        " --publication data/processed/{wildcards.peildatum}/publicatie --check {output.check} --key {params.key} --cbs {input.cbs} 2> {log}"
