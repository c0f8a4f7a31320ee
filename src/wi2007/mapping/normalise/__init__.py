"""Values that are written another way become values as the contract writes them, by the rules of
`config/normalisation.yaml`: named, in their order, and counted.

What does not belong here: whether a value is right for a person (`validation`), which field is which (`mapping.plan`).
"""
