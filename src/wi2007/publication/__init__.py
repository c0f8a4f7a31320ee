"""From the publication folder to what readers get: findings, charts, one content document, HTML and PDF.

Everything here reads `data/processed/<peildatum>/publicatie/` and texts from `config/`; nothing reads persons,
the cube or the exact tables. What does not belong here: counting.
"""
