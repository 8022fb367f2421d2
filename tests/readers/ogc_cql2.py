"""Asks a running server for the features that made-up filters find, and compares with what the cql2 package finds in
the same features, and shapely where geometries are compared.

    ogc_cql2.py http://127.0.0.1:PORT/ogc COUNT

Leaves with 77 where a package is missing.
"""
import json
import random
import sys
import urllib.parse
import urllib.request

try:
    import cql2
    import shapely
    from shapely.geometry import shape
except ImportError as error:
    print(f"{error.name} is missing", file=sys.stderr)
    sys.exit(77)

base, count = sys.argv[1], int(sys.argv[2])
dice = random.Random(20210865)


def items(collection, **query):
    query = urllib.parse.urlencode({"limit": 10000, **query})
    with urllib.request.urlopen(f"{base}/collections/{collection}/items?{query}") as answer:
        return json.load(answer)["features"]


def kinds(collection, features):
    """Texts and numbers that a collection has, with some of their values."""
    with urllib.request.urlopen(f"{base}/collections/{collection}/queryables?f=json") as answer:
        properties = json.load(answer)["properties"]
    found = {"string": {}, "number": {}}
    for name, schema in properties.items():
        values = [f["properties"][name] for f in features if f["properties"].get(name) is not None]
        if schema.get("type") in found and values and name != "id":
            found[schema["type"]][name] = values
    return found


def literal(value):
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else repr(value)


def pattern(text):
    start = dice.randrange(len(text))
    end = dice.randrange(start, len(text)) + 1
    part = "".join("_" if dice.random() < 0.2 else c for c in text[start:end])
    plain = not set("%\\") & set(part)
    return dice.choice(["%", ""]) + part + dice.choice(["%", ""]) if plain else "%"


def given(features):
    x, y, size = dice.uniform(108.3, 109.6), dice.uniform(30.5, 31.5), dice.uniform(0.01, 0.6)
    kind = dice.randrange(6)
    if kind == 0:
        return f"POINT({x:.6f} {y:.6f})"
    if kind == 1:
        return f"LINESTRING({x:.6f} {y:.6f}, {x + size:.6f} {y + size / 2:.6f}, {x + size:.6f} {y - size:.6f})"
    if kind == 2:
        return f"MULTIPOINT(({x:.6f} {y:.6f}), ({x + size:.6f} {y:.6f}))"
    if kind == 3:
        return f"POLYGON(({x:.6f} {y:.6f}, {x + size:.6f} {y:.6f}, {x + size / 3:.6f} {y + size:.6f}, {x:.6f} {y:.6f}))"
    if kind == 4:
        own = dice.choice([f for f in features if f["geometry"]])["geometry"]
        text = shapely.to_wkt(shape(own), rounding_precision=8)
        if len(text) < 1500:
            return text
    return f"POLYGON(({x} {y}, {x + size} {y}, {x + size} {y + size}, {x} {y + size}, {x} {y}))"


RELATIONS = ["intersects", "disjoint", "equals", "touches", "within", "contains", "crosses", "overlaps"]


def predicate(found, features):
    strings, numbers = found["string"], found["number"]
    kind = dice.randrange(8)
    if kind < 2 and numbers:
        name = dice.choice(sorted(numbers))
        value = dice.choice(numbers[name])
        if kind == 0:
            return f'"{name}" {dice.choice(["=", "<>", "<", ">", "<=", ">="])} {literal(value)}'
        low, high = sorted([value, dice.choice(numbers[name])])
        return f'"{name}" {dice.choice(["", "NOT "])}BETWEEN {low!r} AND {high!r}'
    name = dice.choice(sorted(strings))
    values = strings[name]
    if kind < 4:
        return f'"{name}" {dice.choice(["=", "<>", "<", ">", "<=", ">="])} {literal(dice.choice(values))}'
    if kind == 4:
        negated = dice.choice(["", "NOT "])
        return f'"{name}" {negated}LIKE {literal(pattern(dice.choice(values)))}'
    if kind == 5:
        chosen = [literal(dice.choice(values)) for _ in range(dice.randrange(1, 4))]
        return f'"{name}" {dice.choice(["", "NOT "])}IN ({", ".join(chosen)})'
    if kind == 6:
        return f'"{name}" IS {dice.choice(["", "NOT "])}NULL'
    return f"S_{dice.choice(RELATIONS).upper()}(geometry, {given(features)})"


def made_up(found, features, depth):
    if depth == 0 or dice.random() < 0.3:
        return predicate(found, features)
    if dice.random() < 0.25:
        return f"NOT ({made_up(found, features, depth - 1)})"
    parts = [f"({made_up(found, features, depth - 1)})" for _ in range(dice.randrange(2, 4))]
    return dice.choice([" AND ", " OR "]).join(parts)


def flat(feature, names):
    """The feature as the package looks at it: properties at hand, what is unknown said to be null."""
    properties = {name: feature["properties"].get(name) for name in names}
    return {**properties, "id": feature["id"], "geometry": feature["geometry"]}


def holds(expression, row):
    """Whether a filter is true of a row: logic of three values over the package's own predicates."""
    op = expression.get("op") if isinstance(expression, dict) else None
    if op == "not":
        inner = holds(expression["args"][0], row)
        return None if inner is None else not inner
    if op in ("and", "or"):
        decisive = op == "or"
        values = [holds(part, row) for part in expression["args"]]
        if decisive in values:
            return decisive
        return None if None in values else not decisive
    if op == "isNull":
        return row[expression["args"][0]["property"]] is None
    if op and op.startswith("s_"):
        if row["geometry"] is None:
            return None
        return bool(getattr(shapely, op[2:])(shape(row["geometry"]), shape(expression["args"][1])))
    if row[expression["args"][0]["property"]] is None:
        return None
    return cql2.Expr(expression).matches(row)


checked = answers = 0
for collection in ["townships", "medical", "rivers", "herbs"]:
    features = items(collection)
    found = kinds(collection, features)
    names = [*found["string"], *found["number"]]
    rows = [flat(feature, names) for feature in features]
    for _ in range(count // 4):
        text = made_up(found, features, dice.randrange(4))
        expression = cql2.parse_text(text).to_json()
        expected = [row["id"] for row in rows if holds(expression, row) is True]
        for query in [{"filter": text}, {"filter": json.dumps(expression), "filter-lang": "cql2-json"}]:
            if len(urllib.parse.urlencode(query)) > 7500:
                continue
            actual = [feature["id"] for feature in items(collection, **query)]
            assert actual == expected, f"{collection}: {query}\nserver {actual}\ncql2   {expected}"
        checked += 1
        answers += len(expected)
print(f"cql2: {checked} filters, {answers} features found")
assert checked >= count - 4 and answers > checked
