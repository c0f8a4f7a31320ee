"""What changed between two peildata: who is followed from one to the other, and into which parts each change splits.

Everything here is exact. What does not belong here: what may be published of it (`protection`), its words and charts
(`publication`), files (`steps.compare`).
"""
