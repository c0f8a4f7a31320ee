# Right of the gate, from publicatie/ alone: the report in every form, and all of it put in its place at once.


rule content:
    input:
        wiring.reads("content", config),
    output:
        wiring.writes("content", config),
    log:
        wiring.log("content", config),
    conda:
        "../../environment.yml"
    resources:
        mem_mb=wiring.memory("content"),
        runtime=wiring.minutes("content"),
    params:
        options=wiring.options("content", config),
        tracked=wiring.tracked("content", config),
    shell:
        "python -P -m wi2007.steps content {wildcards.peildatum} {params.options:q} 2> {log}"


rule html:
    input:
        wiring.reads("html", config),
    output:
        wiring.writes("html", config),
    log:
        wiring.log("html", config),
    conda:
        "../../environment.yml"
    resources:
        mem_mb=wiring.memory("html"),
        runtime=wiring.minutes("html"),
    params:
        options=wiring.options("html", config),
        tracked=wiring.tracked("html", config),
    shell:
        "python -P -m wi2007.steps html {wildcards.peildatum} {params.options:q} 2> {log}"


rule pdf:
    input:
        wiring.reads("pdf", config),
    output:
        wiring.writes("pdf", config),
    log:
        wiring.log("pdf", config),
    conda:
        "../../environment.yml"
    resources:
        mem_mb=wiring.memory("pdf"),
        runtime=wiring.minutes("pdf"),
    params:
        options=wiring.options("pdf", config),
        tracked=wiring.tracked("pdf", config),
    shell:
        "python -P -m wi2007.steps pdf {wildcards.peildatum} {params.options:q} 2> {log}"


rule workbooks:
    input:
        wiring.reads("workbooks", config),
    output:
        wiring.writes("workbooks", config),
    log:
        wiring.log("workbooks", config),
    conda:
        "../../environment.yml"
    resources:
        mem_mb=wiring.memory("workbooks"),
        runtime=wiring.minutes("workbooks"),
    params:
        options=wiring.options("workbooks", config),
        tracked=wiring.tracked("workbooks", config),
    shell:
        "python -P -m wi2007.steps workbooks {wildcards.peildatum} {params.options:q} 2> {log}"


rule place:
    input:
        wiring.reads("place", config),
    output:
        wiring.writes("place", config),
    log:
        wiring.log("place", config),
    conda:
        "../../environment.yml"
    resources:
        mem_mb=wiring.memory("place"),
        runtime=wiring.minutes("place"),
    params:
        options=wiring.options("place", config),
        tracked=wiring.tracked("place", config),
    shell:
        "python -P -m wi2007.steps place {wildcards.peildatum} {params.options:q} 2> {log}"
