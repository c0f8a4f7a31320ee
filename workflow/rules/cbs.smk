# From the CBS workbook, where there is one beside the delivery, to one tidy table. CBS publishes it: no gate is needed.


rule cbs:
    input:
        folder=ancient("data/raw/{peildatum}"),
    output:
        table="data/processed/{peildatum}/publicatie/cbs.csv",
        source="data/processed/{peildatum}/publicatie/cbs.json",
    log:
        "logs/{peildatum}/cbs.txt",
    conda:
        "../../environment.yml"
    params:
        # No input by name: there need be no workbook, and its name may have any sign.
        workbook=wiring.cbs_options,
        content=wiring.cbs_digest,
        code=fingerprint.code("cbs"),
    shell:
        "python -P -m wi2007.steps.cbs --peildatum {wildcards.peildatum} {params.workbook:q}"
        " --table {output.table} --source {output.source} 2> {log}"
