"""Looking into a file that nobody has described: what its fields hold, and a levering.yaml as a proposal.

Names and contents are evidence, the proposal is for a person to correct. What does not belong here: reading a delivery
by a levering.yaml (`mapping`), judging it (`validation`).
"""
