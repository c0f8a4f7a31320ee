"""Compute again the statements of the study that rest on a number, from what may be published.

    gated tables, CBS figures, a comparison -> formulas -> figures with what rounding leaves open -> verdicts -> words

Everything here is pure and knows rounded counts only. What does not belong here: formulas and words
(`config/uitspraken.yaml`), the study's figures (`reference/uitspraken_2022.csv`), files, how a report shows it.
"""
