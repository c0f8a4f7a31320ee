# From a DUO delivery to a report: the pipeline on one screen. Which files a step reads and writes is in wi2007.pipeline.
# For people there is `wi2007 run`; bare `snakemake` does the same with Snakemake's own messages.
from snakemake.utils import min_version
from wi2007.run import wiring

min_version("9.0")


configfile: f"{workflow.basedir}/config/config.yaml"


wildcard_constraints:
    peildatum=r"\d{4}-\d{2}-\d{2}",


wiring.check(config)


include: "workflow/rules/exact.smk"
include: "workflow/rules/gate.smk"
include: "workflow/rules/public.smk"


rule all:
    default_target: True
    input:
        expand(
            wiring.everything(config),
            peildatum=wiring.peildata(config, linting=not workflow.check_envvars),
        ),
