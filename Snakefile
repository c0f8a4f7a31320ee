# From a DUO delivery to a report: the pipeline on one screen. Rules only wire; what a step does is in src/wi2007/steps.
# For people there is `wi2007 run`; `snakemake --cores 2` does the same with Snakemake's own messages.
from snakemake.utils import min_version
from wi2007 import fingerprint
from wi2007.run import wiring

min_version("9.0")


configfile: f"{workflow.basedir}/config/config.yaml"


wildcard_constraints:
    peildatum=r"\d{4}-\d{2}-\d{2}",


include: "workflow/rules/population.smk"
include: "workflow/rules/comparison.smk"
include: "workflow/rules/tables.smk"
include: "workflow/rules/disclosure.smk"
include: "workflow/rules/tempo.smk"
include: "workflow/rules/cbs.smk"
include: "workflow/rules/statements.smk"
include: "workflow/rules/sensitivity.smk"
include: "workflow/rules/report.smk"
include: "workflow/rules/provenance.smk"


# Every file between is named too: a run after a failure then repairs what is missing, and never rests on an old report.
rule all:
    default_target: True
    input:
        expand(
            [
                "data/processed/{peildatum}/personen.parquet",
                "data/processed/{peildatum}/uitgesloten.parquet",
                "data/processed/{peildatum}/kubus.parquet",
                "data/processed/{peildatum}/uitstroom.parquet",
                "data/processed/{peildatum}/varianten.parquet",
                "data/processed/{peildatum}/verwerking.json",
                "data/processed/{peildatum}/validatie.json",
                "data/processed/{peildatum}/verdeling.json",
                "data/processed/{peildatum}/stromen.parquet",
                "data/processed/{peildatum}/stromen.json",
                "data/processed/{peildatum}/tabellen.csv",
                "data/processed/{peildatum}/publicatie/tabellen.csv",
                "data/processed/{peildatum}/publicatie/verwerking.json",
                "data/processed/{peildatum}/publicatie/reproductie.csv",
                "data/processed/{peildatum}/publicatie/cbs.csv",
                "data/processed/{peildatum}/publicatie/cbs.json",
                "data/processed/{peildatum}/publicatie/uitspraken.csv",
                "data/processed/{peildatum}/publicatie/gevoeligheid.csv",
                "data/processed/{peildatum}/publicatie/gevoeligheid.json",
                "data/processed/{peildatum}/outputcontrole/gevoeligheid.json",
                "data/processed/{peildatum}/outputcontrole/verslag.txt",
                "data/processed/{peildatum}/outputcontrole/verslag.json",
                "data/processed/{peildatum}/outputcontrole/cellen.csv",
                "data/processed/{peildatum}/outputcontrole/afgerond.json",
                "data/processed/{peildatum}/outputcontrole/verandering.json",
                "data/processed/{peildatum}/publicatie/verandering.csv",
                "data/processed/{peildatum}/publicatie/verandering.json",
                "data/processed/{peildatum}/publicatie/tempo.csv",
                "data/processed/{peildatum}/publicatie/vooruitzicht.csv",
                "data/processed/{peildatum}/publicatie/vooruitzicht.json",
                "data/processed/{peildatum}/contracten.json",
                "data/processed/{peildatum}/publicatie/inhoud.json",
                "data/processed/{peildatum}/publicatie/grafieken",
                "data/processed/{peildatum}/rapport/downloads",
                "data/processed/{peildatum}/rapport/werkboeken",
                "data/processed/{peildatum}/rapport/validatie.html",
                "data/processed/{peildatum}/rapport/validatie.csv",
                "data/processed/{peildatum}/rapport/rapport.html",
                "data/processed/{peildatum}/rapport/rapport.pdf",
                "data/processed/{peildatum}/rapport/herkomst.json",
                *wiring.placed(config),
            ],
            peildatum=wiring.peildata(config, linting=not workflow.check_envvars),
        ),
