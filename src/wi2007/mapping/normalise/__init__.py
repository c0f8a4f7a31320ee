"""Change values that are written another way into the contract's values, by the rules of `config/normalisation.yaml`.

The rules are named, ordered, and counted. Whether a value is right for a person is decided in `validation`, which
field is which in `mapping.plan`.
"""
