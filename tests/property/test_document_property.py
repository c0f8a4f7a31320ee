"""A content document survives being written and read back, whatever it holds."""

import typing
from dataclasses import is_dataclass
from typing import Any

from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from wi2007.publication import document as d

TEXT = st.text(max_size=8)


def build(kind: Any) -> st.SearchStrategy[Any]:
    """A strategy for a document type, from its annotations."""
    if kind is str:
        return TEXT
    if kind in (int, float):
        return st.floats(allow_nan=False, allow_infinity=False)
    if kind in (bool, type(None)):
        return st.from_type(kind)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        return st.lists(build(arguments[0]), max_size=2).map(tuple)
    if arguments:
        return st.one_of([build(argument) for argument in arguments])
    assert is_dataclass(kind)
    hints = typing.get_type_hints(kind)
    return st.builds(kind, **{name: build(hint) for name, hint in hints.items() if name != "sections"})


@given(document=build(d.Document), sections=st.lists(build(d.Section), max_size=2), inner=build(d.Section))
@examples(50)
def test_written_and_read_back_it_is_the_same(
    document: d.Document, sections: list[d.Section], inner: d.Section
) -> None:
    whole = d.Document(
        **{
            **document.__dict__,
            "sections": tuple(d.Section(**{**s.__dict__, "sections": (inner,)}) for s in sections),
        }
    )
    text = d.to_json(whole)
    assert d.from_json(text) == whole
    assert d.to_json(d.from_json(text)) == text
