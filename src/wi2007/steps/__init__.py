"""The edge: a module for each step, which opens files, calls pure functions and writes whole files.

A rule of Snakemake runs `python -m wi2007.steps <step> <peildatum>`, and so do people who repeat one step. Which files
a step reads and writes is in `wi2007.pipeline`.
"""

import gc
import os

# A step is a short process: linear algebra needs no waiting threads, and imports make objects that stay, no garbage.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
gc.set_threshold(100_000, 20, 20)
