"""Where a report comes from: digests of everything that went in and came out, versions, configuration, row counts.

`record` puts it together; `surroundings` asks Python and git.
What does not belong here: deciding what has to be made again (`wi2007.fingerprint` and Snakemake).
"""
