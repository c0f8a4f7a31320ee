# Left of the gate, exact: from the delivery to the population, counted, and what changed since the peildatum before.


rule read:
    input:
        wiring.reads("read", config),
    output:
        wiring.writes("read", config),
    log:
        wiring.log("read", config),
    conda:
        "../../environment.yml"
    resources:
        mem_mb=wiring.memory("read"),
        runtime=wiring.minutes("read"),
    params:
        options=wiring.options("read", config),
        tracked=wiring.tracked("read", config),
    shell:
        "python -P -m wi2007.steps read {wildcards.peildatum} {params.options:q} 2> {log}"


rule compare:
    input:
        wiring.reads("compare", config),
    output:
        wiring.writes("compare", config),
    log:
        wiring.log("compare", config),
    conda:
        "../../environment.yml"
    resources:
        mem_mb=wiring.memory("compare"),
        runtime=wiring.minutes("compare"),
    params:
        options=wiring.options("compare", config),
        tracked=wiring.tracked("compare", config),
    shell:
        "python -P -m wi2007.steps compare {wildcards.peildatum} {params.options:q} 2> {log}"
