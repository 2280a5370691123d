"""Prints values as Python's own repr() writes them, each beside its JSON: python3 python-literals.py > python-literals.jsonl"""
import json
import math
import random

random.seed(3)
characters = [chr(code) for code in [*range(0x180), 0x2028, 0x4e2d, 0xd800, 0xdfff, 0xfeff, 0xffff, 0x1f600, 0xe0001, 0x10ffff]]
hostile = ["__proto__", "constructor", "'", '"', "'\"", "\\", "\\'", '\\"', "{'a': None}", "] | ", "True", "INFO | 2026-04-09 17:35:50 | "]


def text():
    return random.choice(hostile) if random.random() < 0.3 else "".join(random.choices(characters, k=random.randrange(12)))


def scalar():
    return random.choice([
        None, True, False, 0, -1, 2**53 + 1, -(10**30), random.getrandbits(200), 0.0, -0.0, 1.5, 1e16, 1e22, 5e-324, 1e-05, math.inf, -math.inf,
        math.nan, random.random(), text(), text(), text(), text().encode("utf-8", "surrogatepass"),
    ])


def key():
    return text() if random.random() < 0.9 else random.choice([None, True, False, 7, -(10**20), 2.5])


def value(depth):
    kind = random.randrange(6) if depth else 5
    if kind < 2:
        return {key(): value(depth - 1) for _ in range(random.randrange(5))}
    if kind == 2:
        return [value(depth - 1) for _ in range(random.randrange(4))]
    if kind == 3:
        return tuple(value(depth - 1) for _ in range(random.randrange(4)))
    return scalar()


def plain(of):
    """What the JSON of it is to be: a list for a tuple, a character for a byte, null for what is no number."""
    if isinstance(of, dict):
        return {name: plain(member) for name, member in of.items()}
    if isinstance(of, (list, tuple)):
        return [plain(element) for element in of]
    if isinstance(of, bytes):
        return of.decode("latin-1")
    return None if isinstance(of, float) and not math.isfinite(of) else of


values = [*characters, *hostile, *(a + b for a in "'\"\\n0" for b in characters[:128]), *(bytes([byte]) for byte in range(256)), {}, [], (), (1,), ((),)]
values += [value(random.randrange(1, 6)) for _ in range(600)]
for one in values:
    print(json.dumps({"repr": repr(one), "json": json.dumps(plain(one), separators=(",", ":"))}))
