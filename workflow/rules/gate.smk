# The gate of disclosure control, which sees both sides; and the CBS workbook, which is public and needs no gate.


rule cbs:
    input:
        wiring.reads("cbs", config),
    output:
        wiring.writes("cbs", config),
    log:
        wiring.log("cbs", config),
    conda:
        "../../environment.yml"
    resources:
        mem_mb=wiring.memory("cbs"),
        runtime=wiring.minutes("cbs"),
    params:
        options=wiring.options("cbs", config),
        tracked=wiring.tracked("cbs", config),
    shell:
        "python -P -m wi2007.steps cbs {wildcards.peildatum} {params.options:q} 2> {log}"


rule protect:
    input:
        wiring.reads("protect", config),
    output:
        wiring.writes("protect", config),
    log:
        wiring.log("protect", config),
    conda:
        "../../environment.yml"
    resources:
        mem_mb=wiring.memory("protect"),
        runtime=wiring.minutes("protect"),
    params:
        options=wiring.options("protect", config),
        tracked=wiring.tracked("protect", config),
    shell:
        "python -P -m wi2007.steps protect {wildcards.peildatum} {params.options:q} 2> {log}"
