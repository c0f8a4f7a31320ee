# From the delivery to the population, counted once: persons are read here and nowhere else.


rule population:
    input:
        folder=ancient("data/raw/{peildatum}"),
        previous=wiring.previous,
    output:
        persons="data/processed/{peildatum}/personen.parquet",
        excluded="data/processed/{peildatum}/uitgesloten.parquet",
        cube="data/processed/{peildatum}/kubus.parquet",
        outflow="data/processed/{peildatum}/uitstroom.parquet",
        variants="data/processed/{peildatum}/varianten.parquet",
        processing="data/processed/{peildatum}/verwerking.json",
        validation="data/processed/{peildatum}/validatie.json",
        distribution="data/processed/{peildatum}/verdeling.json",
    log:
        "logs/{peildatum}/population.txt",
    conda:
        "../../environment.yml"
    params:
        # No input by name: Snakemake takes {braces} and <brackets> in the name of a file for its own.
        path=wiring.delivery,
        layout=wiring.layout,
        delivery=wiring.delivery_digest,
        # The delivery before this one, with which it is compared.
        previous=wiring.previous_option,
        previous_delivery=wiring.previous_digest,
        code=fingerprint.code("population"),
        # A refused delivery leaves its validation report behind: written by the step, not declared as output.
        report="reports/{peildatum}/validatie",
    shell:
        "python -P -m wi2007.steps.population --peildatum {wildcards.peildatum} --delivery {params.path:q} {params.layout:q}"
        " --persons {output.persons} --excluded {output.excluded} --cube {output.cube} --outflow {output.outflow}"
        " --processing {output.processing} --variants {output.variants}"
        " --validation {output.validation} --distribution {output.distribution} {params.previous:q}"
        " --report-html {params.report}.html --report-csv {params.report}.csv"
        " 2> {log}"


rule validation:
    input:
        validation="data/processed/{peildatum}/validatie.json",
    output:
        html="data/processed/{peildatum}/rapport/validatie.html",
        csv="data/processed/{peildatum}/rapport/validatie.csv",
    log:
        "logs/{peildatum}/validation.txt",
    conda:
        "../../environment.yml"
    params:
        delivery=wiring.delivery_digest,
        code=fingerprint.code("validation"),
    shell:
        "python -P -m wi2007.steps.validation --validation {input.validation}"
        " --report-html {output.html} --report-csv {output.csv} 2> {log}"
