"""The attacker: somebody who has one published folder, knows the method and means to find out small counts.

`attack(folder, base)` reads every channel, works out what each says of which cells, and solves for what follows from
all of it together. `pair` and `crossed` hold the reports of two peildata beside each other. Written without the gate:
nothing here imports `wi2007.protection`, `wi2007.tables` or `wi2007.publication`; a test holds it to that.
What does not belong here: true counts. Only the planted leaks (`leaks`) look at them, to have something to plant.
"""

from attack.attacker import attack
from attack.verdict import Verdict

__all__ = ["Verdict", "attack"]
