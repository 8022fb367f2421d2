"""Shapefiles, read by pyshp and by GDAL."""

import functools
import json
import subprocess

from expected import area, each, flat, need, parts, written

(shapefile,) = need("shapefile")
KINDS = {"Point": 1, "MultiPoint": 8, "LineString": 3, "MultiLineString": 3, "Polygon": 5, "MultiPolygon": 5}
ENDINGS = {1: "point", 8: "multipoint", 3: "line", 5: "polygon"}


def cut(text, encoding):
    """As a field of 254 bytes holds a text."""
    encoded = written(text, encoding)[:254]
    while len(encoded.encode(encoding)) > 254:
        encoded = encoded[:-1]
    return encoded


def compare_text(e, layer, key, found, cell, row):
    wanted = flat(cell)
    if wanted != written(wanted, e.encoding):
        e.lost("characters", layer, key, row)
    if cut(wanted, e.encoding).strip(" ") != written(wanted, e.encoding):
        e.lost("truncated", layer, key, row)
    if wanted == "":
        e.lost("nulls", layer, key, row)
    # pyshp leaves blanks at the beginning, GDAL takes them away.
    if (found or "").strip(" ") != cut(wanted, e.encoding).strip(" "):
        e.fault("text", layer, key, row, found, wanted)


def compare(e, table, names, records, rows):
    layer = table["id"]
    for column in table["columns"]:
        key = column["key"]
        name = names[key]
        for record, row in zip(records, rows):
            found, cell = record[name], column["cells"][row]
            if cell is None:
                e.lost("nulls", layer, key, row)
                if found not in (None, ""):
                    e.fault("null", layer, key, row, found)
            elif column["kind"] in ("text", "list", "nested"):
                compare_text(e, layer, key, found, cell, row)
            elif isinstance(found, str):
                e.lost("flattened", layer, key, row)
                if found != str(cell):
                    e.fault("number", layer, key, row, found, cell)
            elif found != cell or (column["kind"] == "boolean") != isinstance(found, bool):
                e.fault("value", layer, key, row, found, cell)


def read_layer(e, layer):
    table, geometries = layer["table"], layer["geometries"]
    id = table["id"]
    names = {n["key"]: n["written"] for n in e.names if n["layer"] == id}
    assert all(len(n.encode(e.encoding)) <= 10 for n in names.values()), names
    assert len(set(n.lower() for n in names.values())) == len(table["columns"]), names
    for column in table["columns"]:
        if names[column["key"]] != column["title"]:
            e.lost("renamed", id, column["key"], names[column["key"]])
    kinds = sorted({KINDS[g["type"]] for g in geometries if g}, key=[1, 8, 3, 5].index) or [1]
    for kind in kinds:
        stem = id if len(kinds) == 1 else f"{id}_{ENDINGS[kind]}"
        if len(kinds) > 1:
            e.lost("split", id, None, stem)
        of = lambda g: KINDS[g["type"]] if g else kinds[0]
        rows = [row for row, g in enumerate(geometries) if of(g) == kind]
        stem += e.mark
        path = str(e.folder / f"{stem}.shp")
        # pyshp takes the encoding from nowhere but its caller.
        with shapefile.Reader(path, encoding=e.encoding) as reader:
            if len(reader) != len(rows) or reader.shapeType != kind:
                e.fault("rows", stem, len(reader), len(rows), reader.shapeType, kind)
                continue
            records = [record.as_dict() for record in reader.records()]
            compare(e, table, names, records, rows)
            for shape, row in zip(reader.shapes(), rows):
                compare_shape(e, id, row, shape, geometries[row])
        companions(e, stem)
        gdal(e, path, stem, len(rows), records, geometries, rows)


def compare_shape(e, id, row, shape, geometry):
    if geometry is None or not e.reached(geometry):
        if geometry is not None:
            e.lost("outside", id, None, row)
        if shape.shapeType != 0:
            e.fault("no null shape", id, row, shape.shapeType)
        return
    wanted = parts(geometry)
    if shape.shapeType in (1, 8):
        found = [[p] for p in shape.points]
    else:
        ends = list(shape.parts)[1:] + [len(shape.points)]
        found = [shape.points[a:b] for a, b in zip(shape.parts, ends)]
    if len(found) != len(wanted):
        return e.fault("parts", id, row, len(found), len(wanted))
    for f, w in zip(found, wanted):
        if shape.shapeType == 5:
            if (area(f) > 0) == (area([p[:2] for p in w]) > 0):
                e.fault("orientation", id, row)
            f = f[::-1]
        e.compare_run(f, w, id, row)
    if shape.shapeType != 1:
        xs, ys = zip(*(p[:2] for run in found for p in run))
        if not e.near(shape.bbox, (min(xs), min(ys), max(xs), max(ys))):
            e.fault("bounds", id, row, shape.bbox)


def companions(e, stem):
    dbf = (e.folder / f"{stem}.dbf").read_bytes()
    assert dbf[1:4] == bytes([126, 1, 31]), dbf[1:4]
    assert dbf[29] == (0x4D if e.gbk else 0), dbf[29]
    assert (e.folder / f"{stem}.cpg").read_text() == ("936" if e.gbk else "UTF-8")
    assert e.origin.split("；")[1] in (e.folder / f"{stem}.shp.xml").read_text("utf-8")
    prj = e.folder / f"{stem}.prj"
    if e.epsg is None:
        assert not prj.exists(), prj
        layer = next(l for k, l, _ in e.losses if k == "crs")
        assert layer
    else:
        if prj.read_text() != esri(e.epsg):
            e.fault("prj", stem, prj.read_text(), esri(e.epsg))


@functools.cache
def esri(code):
    """A system as PROJ writes it for ESRI."""
    command = ["gdalsrsinfo", "-o", "wkt_esri", "--single-line", f"EPSG:{code}"]
    return subprocess.run(command, capture_output=True, text=True).stdout.strip()


def gdal(e, path, stem, count, records, geometries, rows):
    """The same once more through GDAL, which finds encoding and system by itself."""
    command = ["ogr2ogr", "-f", "GeoJSON", "/vsistdout/", path, "-lco", "COORDINATE_PRECISION=9", "-a_srs", "EPSG:4326"]
    out = subprocess.run(command, capture_output=True, text=True)
    if out.returncode or "rror" in out.stderr or "arning" in out.stderr:
        e.fault("GDAL", stem, out.stderr)
        return
    found = json.loads(out.stdout)["features"]
    if len(found) != count:
        e.fault("GDAL count", stem, len(found), count)
    for feature, record, row in zip(found, records, rows):
        properties = feature["properties"]
        if list(properties) != list(record):
            e.fault("GDAL fields", stem, list(properties), list(record))
            return
        for name, value in record.items():
            other = properties[name]
            if isinstance(value, bool):
                other = {"T": True, "F": False}.get(other, other)
            if isinstance(other, (list, dict)):
                # GDAL's GeoJSON takes text that looks like JSON for JSON.
                value = json.loads(value)
            elif isinstance(value, str):
                other, value = (other or "").strip(), value.strip()
            if other != value and not (value is None and other is None):
                e.fault("GDAL value", stem, name, other, value)
        geometry = geometries[row]
        if (feature["geometry"] is None) != (geometry is None or not e.reached(geometry)):
            e.fault("GDAL geometry", stem, row)


for e in each():
    for layer in e.layers:
        read_layer(e, layer)
    e.finish("truncated", "outside", "split", "renamed")
