"""What CSV and XLSX have in common: headings, positions, well-known text."""

import re

from expected import parts, written

KINDS = {"Point": 0, "LineString": 1, "MultiPoint": 1, "Polygon": 2, "MultiLineString": 2, "MultiPolygon": 3}


def headings(e, table, layer):
    """Keys of the columns and of the geometry by heading; a heading that is taken gets a number."""
    taken, found = set(), []
    wishes = [(column["key"], column["title"]) for column in table["columns"]]
    own = len(wishes)
    if layer:
        only_points = all(g["type"] == "Point" for g in layer["geometries"] if g)
        names = ["东坐标", "北坐标"] if not e.degrees else ["经度", "纬度"]
        mark = f"（{e.crs}）" if e.epsg is None else ""
        wishes += [("x", names[0] + mark), ("y", names[1] + mark)]
        wishes += [] if only_points else [("wkt", "WKT" + mark)]
    # The position has its headings first, whatever a layer calls its own fields.
    for key, wish in wishes[own:] + wishes[:own]:
        name, number = wish, 1
        while name.lower() in taken:
            name, number = f"{wish}_{number}", number + 1
        taken.add(name.lower())
        if name != wish and key not in ("x", "y", "wkt"):
            e.lost("renamed", table["id"], key, name)
        found.append((key, name))
    more = len(wishes) - own
    return found[more:] + found[:more]


def parse(text):
    """Well-known text as GeoJSON has it."""
    kind, rest = text.split(" ", 1)
    kind = next(name for name in KINDS if name.upper() == kind)
    rest = re.sub(r"(-?[\d.]+) (-?[\d.]+)", r"[\1,\2]", rest).replace("(", "[").replace(")", "]")
    coordinates = eval(rest, {"__builtins__": {}})  # noqa: S307, the text is our own
    if kind == "Point":
        coordinates = coordinates[0]
    if kind == "MultiPoint":
        coordinates = [point[0] for point in coordinates]
    return {"type": kind, "coordinates": coordinates}


def compare_geometry(e, id, row, layer, x, y, text, too_long=lambda text: False):
    geometry = layer["geometries"][row]
    if geometry is None or not e.reached(geometry):
        if geometry is not None:
            e.lost("outside", id, None, row)
        if x or y or text:
            e.fault("no position", id, row, x, y)
        return
    if not e.near((float(x), float(y)), e.at(layer["anchors"][row])):
        e.fault("position", id, row, x, y, e.at(layer["anchors"][row]))
    if geometry["type"] == "Point":
        if text:
            e.fault("text of a point", id, row, text)
    elif not text:
        e.lost("truncated", id, "WKT", row)
    else:
        if too_long(text):
            e.lost("truncated", id, "WKT", row)
        found = parse(text)
        if found["type"] != geometry["type"]:
            return e.fault("kind", id, row, found["type"], geometry["type"])
        both = parts(found), parts(geometry)
        if len(both[0]) != len(both[1]):
            return e.fault("parts", id, row)
        for f, w in zip(*both):
            e.compare_run(f, w, id, row)


def encoded(e, layer, key, text):
    """A text as the encoding has it."""
    if text != written(text, e.encoding):
        e.lost("characters", layer, key, text[:20])
    return written(text, e.encoding)
