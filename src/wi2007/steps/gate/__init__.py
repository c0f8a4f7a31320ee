"""The parts of the step protect: exact tables and their release, change, other readings, and the contracts of all."""
