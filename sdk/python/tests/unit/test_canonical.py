"""The hash of a payload is over the same text as the console's."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from daai._canonical import canonical


def test_names_and_numbers_are_as_rfc_8785_has_them() -> None:
    ordered = ["\r", "1", "\x80", "\xf6", "\u20ac", "\U0001f600", "\ufb33"]
    assert list(json.loads(canonical(dict.fromkeys(sorted(ordered))))) == ordered
    numbers = [333333333.33333329, 1e30, 4.50, 2e-3, 1e-27, -0.0, 1e21, 1e20, 5e-324, 5.0]
    assert canonical(numbers) == (
        "[333333333.3333333,1e+30,4.5,0.002,1e-27,0,1e+21,100000000000000000000,5e-324,5]"
    )


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_canonical_number_is_the_same_number(number: float) -> None:
    assert float(canonical(number)) == number
