"""KML and KMZ, read by libxml2, validated by the schema of KML 2.2, and read by GDAL's LIBKML driver."""

import html
import io
import re
import zipfile
from pathlib import Path

from expected import each, flat, need, parts

need("pyogrio", "pyarrow", "shapely", "lxml")

import pyogrio
import shapely
from lxml import etree

try:
    import pykml
except ImportError:
    pykml = None

K = "{http://www.opengis.net/kml/2.2}"
OWN = ("id", "name")
TYPES = {"text": "string", "real": "double", "boolean": "bool", "list": "string", "nested": "string"}


def schema():
    """The schema of KML 2.2, where pykml is there."""
    if pykml is None:
        return None
    return etree.XMLSchema(file=str(Path(pykml.__file__).parent / "schemas/ogckml22.xsd"))


SCHEMA = schema()


def document(e):
    (name,) = e.files
    data = (e.folder / name).read_bytes()
    if name.endswith(".kmz"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert archive.testzip() is None and archive.namelist() == ["doc.kml"], archive.namelist()
            data = archive.read("doc.kml")
    if re.search(rb"(?i)(href|src)\s*[=>]|https?://(?!www\.opengis\.net/kml/2\.2\")", data):
        e.fault("refers to the internet")
    tree = etree.parse(io.BytesIO(data), etree.XMLParser(huge_tree=True))
    if SCHEMA is not None and not SCHEMA.validate(tree):
        for error in list(SCHEMA.error_log)[:5]:
            e.fault("schema", str(error)[:300])
    return tree.getroot().find(K + "Document"), str(e.folder / name)


def plain(text):
    """What HTML says."""
    return html.unescape(re.sub("<[^>]*>", "\n", text.replace("<br/>", "\n")))


def run(element):
    return [tuple(map(float, c.split(","))) for c in element.find(f".//{K}coordinates").text.split()]


def compare_shape(e, id, row, placemark, wanted):
    """Parts in the order of the document."""
    found = [[tuple(map(float, c.split(","))) for c in element.text.split()] for element in placemark.iter(K + "coordinates")]
    if wanted is None:
        if found:
            e.fault("located", id, row)
        return
    several = placemark.find(K + "MultiGeometry") is not None
    if several != wanted["type"].startswith("Multi"):
        e.fault("multiple", id, row)
    element = wanted["type"].removeprefix("Multi")
    if next(placemark.iter(K + element), None) is None:
        e.fault("element", id, row, element)
    w = parts(wanted)
    if len(found) != len(w):
        return e.fault("parts", id, row, len(found), len(w))
    for f, ring in zip(found, w):
        e.compare_run(f, ring, id, row)


def value(kind, text):
    if kind == "integer":
        return int(text)
    if kind == "real":
        return float(text)
    if kind == "boolean":
        return {"true": True, "false": False}[text]
    return text


def compare_layer(e, layer, folder, doc, names):
    table = layer["table"]
    id, columns = table["id"], table["columns"]
    if folder.findtext(K + "name") != table["title"]:
        e.fault("title", id)
    placemarks = folder.findall(K + "Placemark")
    if len(placemarks) != len(layer["places"]):
        return e.fault("count", id, len(placemarks), len(layer["places"]))
    classes = next((c["cells"] for c in columns if c["key"] == "class"), [None] * len(placemarks))
    styles = {}
    for row, (placemark, (key, name)) in enumerate(zip(placemarks, layer["places"])):
        if placemark.findtext(K + "name") != name:
            e.fault("name", id, row, name)
        names.append(placemark.get("id"))
        style = placemark.findtext(K + "styleUrl")
        if doc.find(f"{K}Style[@id='{style[1:]}']") is None:
            e.fault("style", id, row, style)
        if styles.setdefault(classes[row], style) != style:
            e.fault("style of class", id, row, style, classes[row])
        data = placemark.find(f"{K}ExtendedData/{K}SchemaData")
        typed = folder.find(f"{K}Schema[@id='{data.get('schemaUrl')[1:]}']")
        kinds = {f.get("name"): (f.get("type"), f.findtext(K + "displayName")) for f in typed}
        found = {d.get("name"): d.text or "" for d in data}
        told = plain(placemark.findtext(K + "description"))
        for column in columns:
            cell, kind = column["cells"][row], column["kind"]
            declared, title = kinds[column["key"]]
            if title != column["title"]:
                e.fault("display name", id, column["key"], title)
            if kind == "integer" and declared == "string":
                if row == 0:
                    e.lost("flattened", id, column["key"])
            elif kind == "integer":
                if declared != "int":
                    e.fault("type", id, column["key"], declared)
            elif declared != TYPES[kind]:
                e.fault("type", id, column["key"], declared)
            if row == 0 and kind in ("list", "nested"):
                e.lost("flattened", id, column["key"])
            text = found.pop(column["key"], None)
            f = None if text is None else value(kind, text)
            if f != flat(cell):
                e.fault("cell", id, column["key"], row, f, cell)
            if kind == "text" and cell and cell.replace("\r", "") not in told:
                e.fault("balloon", id, column["key"], row, cell)
        if found:
            e.fault("more than there should be", id, row, found)
        for link in e.by_place.get(key, ()):
            if link not in told:
                e.fault("dossier", id, row, link)
        compare_shape(e, id, row, placemark, layer["geometries"][row])
    if len(set(styles.values())) != len(styles):
        e.fault("classes share a style", id, styles)


def gdal(e, layer, path, titles):
    """LIBKML reads the same."""
    table = layer["table"]
    id = table["id"]
    if titles.count(table["title"]) != 1:
        return e.fault("layer in GDAL", id, titles)
    _, found = pyogrio.raw.read_arrow(path, layer=table["title"])
    if found.num_rows != len(layer["places"]):
        return e.fault("count in GDAL", id, found.num_rows)
    for column in table["columns"]:
        # A field that is called like one of LIBKML's own gets a number.
        name = column["key"] + ("2" if column["key"].lower() in OWN else "")
        if name not in found.column_names:
            e.fault("field in GDAL", id, column["key"], found.column_names)
            continue
        for row, (f, cell) in enumerate(zip(found.column(name).to_pylist(), column["cells"])):
            w = flat(cell)
            if isinstance(w, int) and isinstance(f, str):
                f = int(f)
            if (f or None) != (w or None) and str(f or "").strip() != str(w or "").strip():
                e.fault("cell in GDAL", id, column["key"], row, f, w)
    column = next(c for c in ("wkb_geometry", "geometry") if c in found.column_names)
    for row, (f, w) in enumerate(zip(found.column(column).to_pylist(), layer["geometries"])):
        if (f is None) != (w is None):
            e.fault("geometry in GDAL", id, row)
        elif f is not None:
            f, w = parts(shapely.geometry.mapping(shapely.from_wkb(f))), parts(w)
            if len(f) != len(w):
                e.fault("parts in GDAL", id, row)
            for a, b in zip(f, w):
                e.compare_run([p[:2] for p in a], b, id, row, "in GDAL")


for e in each():
    e.by_place = {}
    for table, place, record in e.links:
        e.by_place.setdefault(place, []).append(record)
    doc, path = document(e)
    said = plain(doc.findtext(K + "description"))
    for part in e.origin.split("；"):
        if part not in said and part.split(" ", 1)[-1] not in said:
            e.fault("origin", part)
    folders = doc.findall(K + "Document")
    if len(folders) != len(e.layers):
        e.fault("folders", len(folders), len(e.layers))
    names = []
    for layer, folder in zip(e.layers, folders):
        compare_layer(e, layer, folder, doc, names)
    if len(set(names)) != len(names):
        e.fault("ids occur twice")
    titles = [name for name, _ in pyogrio.list_layers(path)]
    for layer in e.layers:
        gdal(e, layer, path, titles)
    e.finish("flattened")
