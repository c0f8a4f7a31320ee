# Right of the gate, from publicatie/ alone: the report in every form, and all of it put in its place at once.


rule content:
    input:
        wiring.reads("content"),
    output:
        wiring.writes("content", config),
    log:
        "logs/{peildatum}/content.txt",
    conda:
        "../../environment.yml"
    params:
        options=wiring.options("content", config),
        tracked=wiring.tracked("content", config),
    shell:
        "python -P -m wi2007.steps content {wildcards.peildatum} {params.options:q} 2> {log}"


rule html:
    input:
        wiring.reads("html"),
    output:
        wiring.writes("html", config),
    log:
        "logs/{peildatum}/html.txt",
    conda:
        "../../environment.yml"
    params:
        options=wiring.options("html", config),
        tracked=wiring.tracked("html", config),
    shell:
        "python -P -m wi2007.steps html {wildcards.peildatum} {params.options:q} 2> {log}"


rule pdf:
    input:
        wiring.reads("pdf"),
    output:
        wiring.writes("pdf", config),
    log:
        "logs/{peildatum}/pdf.txt",
    conda:
        "../../environment.yml"
    params:
        options=wiring.options("pdf", config),
        tracked=wiring.tracked("pdf", config),
    shell:
        "python -P -m wi2007.steps pdf {wildcards.peildatum} {params.options:q} 2> {log}"


rule workbooks:
    input:
        wiring.reads("workbooks"),
    output:
        wiring.writes("workbooks", config),
    log:
        "logs/{peildatum}/workbooks.txt",
    conda:
        "../../environment.yml"
    params:
        options=wiring.options("workbooks", config),
        tracked=wiring.tracked("workbooks", config),
    shell:
        "python -P -m wi2007.steps workbooks {wildcards.peildatum} {params.options:q} 2> {log}"


rule place:
    input:
        wiring.reads("place"),
    output:
        wiring.writes("place", config),
    log:
        "logs/{peildatum}/place.txt",
    conda:
        "../../environment.yml"
    params:
        options=wiring.options("place", config),
        tracked=wiring.tracked("place", config),
    shell:
        "python -P -m wi2007.steps place {wildcards.peildatum} {params.options:q} 2> {log}"
