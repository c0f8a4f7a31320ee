"""Dividing whole numbers: nothing is lost, limits are kept, proportions too."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wi2007.demo.sizes import apportion, flattened

WEIGHTS = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=3), st.integers(1, 5000), min_size=1, max_size=12
)


@given(weights=WEIGHTS, total=st.integers(0, 100_000))
def test_shares_add_up_and_are_proportional(weights: dict[str, int], total: int) -> None:
    shares = apportion(total, weights)
    whole = sum(weights.values())
    assert sum(shares.values()) == total
    assert all(abs(shares[name] - total * weight / whole) < 1 for name, weight in weights.items())


@given(weights=WEIGHTS, data=st.data())
def test_limits_are_kept(weights: dict[str, int], data: st.DataObject) -> None:
    most = {name: data.draw(st.integers(0, 400)) for name in weights}
    total = data.draw(st.integers(0, sum(most.values())))
    shares = apportion(total, weights, most=most)
    assert sum(shares.values()) == total
    assert all(0 <= shares[name] <= most[name] for name in weights)


@given(sizes=WEIGHTS)
def test_flattening_keeps_the_order(sizes: dict[str, int]) -> None:
    flat = flattened(sizes)
    by_size = sorted(sizes, key=lambda name: sizes[name])
    assert [flat[name] for name in by_size] == sorted(flat.values())
    assert all(1 <= flat[name] <= size for name, size in sizes.items())
