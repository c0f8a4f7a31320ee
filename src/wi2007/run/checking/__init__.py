"""Check that all settings can be used together, before anything runs: `config/`, `reference/`, and what they name.

`settings` reads every file by the loader of the step that uses it; `names` and `words` compare one file with another;
`check` does both and remembers that it went well. What does not belong here: what a single file may say (`schemas`,
and the loaders), the content of a delivery.
"""
