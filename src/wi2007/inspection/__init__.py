"""Look into a file that nobody has described: what its fields hold, and a proposed levering.yaml.

Names and contents are evidence; a person corrects the proposal. What does not belong here: reading a delivery by a
levering.yaml (`mapping`), judging it (`validation`).
"""
