"""FlatGeobuf, read by two versions of GDAL (the system's and pyogrio's), its index by searches.

Not through Arrow: GDAL 3.12 forgets the offset of a null geometry there.
"""

import json
import subprocess
from pathlib import Path

from expected import each, need, parts

need("pyogrio", "shapely")

import pyogrio
import shapely

TYPES = {
    "text": "OFTString", "integer": "OFTInteger64", "real": "OFTReal", "boolean": "OFTInteger", "list": "OFTString",
    "nested": "OFTString",
}
# GDAL reads columns of type JSON as text.
SUBTYPES = {"boolean": "OFSTBoolean"}


def wanted_cell(kind, cell):
    return json.loads(cell["json"]) if kind == "nested" and cell is not None else cell


def found_cell(kind, cell):
    if cell is None or cell != cell:
        return None
    if kind in ("list", "nested"):
        return json.loads(cell)
    return bool(cell) if kind == "boolean" else cell


def attributes(e, table, info, data, order):
    fields = list(info["fields"])
    for column in table["columns"]:
        key, kind = column["key"], column["kind"]
        at = fields.index(key)
        if (info["ogr_types"][at], info["ogr_subtypes"][at]) != (TYPES[kind], SUBTYPES.get(kind, "OFSTNone")):
            e.fault("type", table["id"], key, info["ogr_types"][at], info["ogr_subtypes"][at])
        for row, (place, wanted) in enumerate(zip(order, column["cells"], strict=True)):
            found, wanted = found_cell(kind, data[at][place]), wanted_cell(kind, wanted)
            if found != wanted:
                e.fault("cell", table["id"], key, row, found, wanted)


def shapes(e, layer, geometries):
    id = layer["table"]["id"]
    for row, (found, wanted) in enumerate(zip(geometries, layer["geometries"], strict=True)):
        if wanted is None or not e.reached(wanted):
            if wanted is not None:
                e.lost("outside", id, None, row)
            if found is not None:
                e.fault("located", id, row, found)
            continue
        if found is None or found.geom_type.removeprefix("Multi") != wanted["type"].removeprefix("Multi"):
            e.fault("shape", id, row, found and found.geom_type, wanted["type"])
            continue
        f, w = parts(shapely.geometry.mapping(found)), parts(wanted)
        if len(f) != len(w):
            e.fault("parts", id, row, len(f), len(w))
            continue
        for run, ring in zip(f, w):
            e.compare_run(run, ring, id, row)


def search(e, path, id, geometries):
    """The index must find what a search through everything finds."""
    boxes = [(row, g.bounds) for row, g in enumerate(geometries) if g is not None]
    size = len(boxes) // 5 + 1
    for row, (x0, y0, x1, y1) in boxes[::size]:
        box = (x0 - 1e-9, y0 - 1e-9, (x0 + x1) / 2, (y0 + y1) / 2)
        _, _, hits, _ = pyogrio.raw.read(path, bbox=box, columns=["id"])
        expected = sum(1 for _, b in boxes if b[0] <= box[2] and b[2] >= box[0] and b[1] <= box[3] and b[3] >= box[1])
        # GDAL tests geometries after their boxes; some touch with their box alone.
        exact = sum(1 for g in geometries if g is not None and g.intersects(shapely.box(*box)))
        if not exact <= len(hits) <= expected:
            e.fault("search", id, row, len(hits), exact, expected)


def system(e, info, id):
    if e.epsg is None:
        if info["crs"]:
            e.fault("crs", id, info["crs"])
    elif info["crs"] != f"EPSG:{e.epsg}":
        e.fault("crs", id, info["crs"])


def aligned(e, path, count, indexed):
    """Everything lies at a multiple of eight, as JavaScript needs it, and the file ends with the last feature."""
    data = Path(path).read_bytes()
    length = lambda at: 4 + int.from_bytes(data[at:at + 4], "little")  # noqa: E731
    at = 8 + length(8)
    if indexed:
        level = nodes = count
        while True:
            level = -(-level // 16)
            nodes += level
            if level == 1:
                break
        at += 40 * nodes
    for _ in range(count):
        if at % 8:
            return e.fault("not at a multiple of eight", path, at)
        at += length(at)
    if at != len(data):
        e.fault("length", path, at, len(data))


def read(e, path, table, count, indexed):
    """Attributes and geometries of one file."""
    id = table["id"]
    info = pyogrio.read_info(path)
    if info["features"] != count:
        e.fault("count", path, info["features"], count)
    system(e, info, id)
    said = info["layer_metadata"] or {}
    if said.get("TITLE") != table["title"] or said.get("DESCRIPTION") != e.origin:
        e.fault("metadata", id, said)
    with open(path, "rb") as file:
        header = file.read(1 << 16)
    for column in table["columns"]:
        if column["title"].encode() not in header:
            e.fault("title", id, column["title"])
    aligned(e, path, count, indexed)
    old = subprocess.run(["ogrinfo", "-al", path], capture_output=True, text=True)
    if old.returncode or old.stderr or old.stdout.count("OGRFeature(") != count:
        e.fault("the system's GDAL", id, old.stderr[:200])
    _, _, found, data = pyogrio.raw.read(path)
    return info, list(found), [list(column) for column in data]


for e in each():
    files = set(e.files)
    mark = f"_{e.crs}" if e.epsg is None else ""
    for layer in e.layers:
        table = layer["table"]
        id = table["id"]
        located = [g is not None and e.reached(g) for g in layer["geometries"]]
        names = [f"{id}{mark}.fgb"] + ([f"{id}_unlocated{mark}.fgb"] if any(located) and not all(located) else [])
        counts = [sum(located), len(located) - sum(located)] if any(located) else [len(located)]
        if not files.issuperset(names):
            e.fault("files", names)
            continue
        files.difference_update(names)
        info, geometries, data = read(e, str(e.folder / names[0]), table, counts[0], any(located))
        if len(names) > 1:
            _, more, others = read(e, str(e.folder / names[1]), table, counts[1], False)
            if any(g is not None for g in more):
                e.fault("located", names[1])
            geometries += more
            data = [a + b for a, b in zip(data, others, strict=True)]
            e.seen["split", id, None] += counts[1]
        keys = data[list(info["fields"]).index("id")]
        wanted = next(c for c in table["columns"] if c["key"] == "id")["cells"]
        if sorted(keys) != sorted(wanted):
            e.fault("ids", id)
            continue
        place = {key: at for at, key in enumerate(keys)}
        order = [place[key] for key in wanted]
        attributes(e, table, info, data, order)
        geometries = [None if geometries[at] is None else shapely.from_wkb(geometries[at]) for at in order]
        shapes(e, layer, geometries)
        search(e, str(e.folder / names[0]), id, geometries)
    if files:
        e.fault("more than there should be", files)
    e.finish("outside", "split")
