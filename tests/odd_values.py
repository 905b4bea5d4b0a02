"""Values in the JSON of a record that no record may hold."""

ODD = {
    "half a sign": rb'"\ud800"',
    "a number without end": b"1" * 5_000,
    "nesting without end": b"[" * 100_000 + b"]" * 100_000,
    "no number": b"NaN",
    "no UTF-8": b'"\xc9t\xe9"',
    "a key twice": b'1, "odd": 2',
    "no JSON": b"x y",
}
