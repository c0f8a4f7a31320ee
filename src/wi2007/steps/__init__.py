"""The edge: one module for each step of the pipeline, which opens files, calls pure functions and writes whole files.

A step is run as `python -m wi2007.steps.<name> --option path …` by a Snakemake rule, and by people to repeat one step.
What does not belong here: anything that computes.
"""

import gc
import os

# A step is a short process: linear algebra needs no waiting threads, and imports make objects that stay, no garbage.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
gc.set_threshold(100_000, 20, 20)
