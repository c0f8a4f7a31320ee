"""Texts with placeholders and marks become spans; values are never read as marks."""

import pytest

from wi2007.errors import UserError
from wi2007.publication.content.wording import environment, plain, reference_to, render, spans
from wi2007.publication.document import Span


def filled(text: str, **values: object) -> tuple[Span, ...]:
    return spans(render(environment({}), text, "hier", values))


def test_marks_become_spans() -> None:
    made = filled("Een **vet** en *schuin* [woord](begrip:peildatum)^[noot] op [adres](https://duo.nl/a_b).")
    assert made == (
        Span("Een "),
        Span("vet", strong=True),
        Span(" en "),
        Span("schuin", emphasis=True),
        Span(" "),
        Span("woord", term="peildatum"),
        Span("", note="noot"),
        Span(" op "),
        Span("adres", href="https://duo.nl/a_b"),
        Span("."),
    )


def test_a_reference_waits_for_its_number_in_texts_with_and_without_marks() -> None:
    (before, found, after) = filled("Zie [tabel](tabel:{{ nummer }}).", nummer="2.1")
    assert (before, after) == (Span("Zie "), Span("."))
    assert found == Span(f"tabel {reference_to('tabel:2.1')}", href="tabel:2.1")
    assert plain("Zie [figuur](figuur:kaart).") == f"Zie figuur {reference_to('figuur:kaart')}."
    assert filled("{{ naam }}", naam="[tabel](tabel:2.1)") == (Span("[tabel](tabel:2.1)"),)
    assert (
        plain(render(environment({}), "{{ naam }}", "hier", {"naam": "[x](tabel:2.1)"})) == "[x](tabel:2.1)"
    )


@pytest.mark.parametrize("value", ["a*b*c", "[x](begrip:y)", "^[noot]", "\\*", "**", "a_b", "]"])
def test_a_value_is_not_read_as_markup(value: str) -> None:
    assert filled("Bestand {{ naam }}.", naam=value) == (Span(f"Bestand {value}."),)
    assert filled("**{{ naam }}**", naam=value) == (Span(value, strong=True),)
    assert filled("[woord](#x)^[{{ naam }}]", naam=value)[1] == Span("", note=value)


def test_an_unknown_name_is_the_users_mistake_and_is_placed() -> None:
    with pytest.raises(UserError, match=r"rapport\.yaml, titel.*peildtum"):
        render(environment({}), "{{ peildtum }}", "rapport.yaml, titel", {"peildatum": "x"})


def test_a_text_that_is_no_template_is_the_users_mistake() -> None:
    with pytest.raises(UserError, match="titel"):
        render(environment({}), "{% if %}", "titel", {})


def test_an_unknown_filter_is_the_users_mistake() -> None:
    with pytest.raises(UserError, match="bestaatniet"):
        render(environment({}), "{{ 1|bestaatniet }}", "titel", {})
