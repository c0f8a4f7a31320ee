"""What a choice ('Mijn gemeente') has beside its row of the full tables: how it went, and its other names.

What does not belong here: the choice itself (`appendix`), how it is shown (`html`).
"""
