"""Drawings, audited and read by ezdxf, and read by GDAL."""

import subprocess
from collections import defaultdict

from expected import each, need, parts

need("ezdxf")
import ezdxf  # noqa: E402
from ezdxf import bbox, recover  # noqa: E402


def is_compound(geometry):
    return len(parts(geometry)) > 1


def plain(text):
    return text.replace("%%", "％％").replace("^", "＾")


def compare(e, layer, entities, labels):
    id, geometries, places = layer["table"]["id"], layer["geometries"], layer["places"]
    by_id = defaultdict(list)
    for entity in entities:
        by_id[entity.get_xdata("PLAN_ATLAS")[0].value].append(entity)
    named = {label.get_xdata("PLAN_ATLAS")[0].value: label for label in labels}
    for column in layer["table"]["columns"]:
        if column["key"] not in ("id", "name"):
            e.lost("attributes", id, column["key"])
    if e.degrees:
        e.lost("crs", id, None)
    for row, (geometry, (key, name)) in enumerate(zip(geometries, places)):
        found = by_id.pop(plain(key), [])
        if geometry is None or not e.reached(geometry):
            e.lost("unlocated" if geometry is None else "outside", id, None, row)
            if found:
                e.fault("drawn without position", id, row)
            continue
        wanted = parts(geometry)
        if is_compound(geometry):
            e.lost("flattened", id, None, row)
        if plain(name) != name:
            e.lost("characters", id, "name", row)
        if len(found) != len(wanted):
            e.fault("entities", id, row, len(found), len(wanted))
            continue
        area = geometry["type"].endswith("Polygon")
        for entity, run in zip(found, wanted):
            if geometry["type"].endswith("Point"):
                e.compare_run([tuple(entity.dxf.location)[:2]], run, id, row)
                continue
            if entity.closed != area:
                e.fault("closed", id, row, entity.closed)
            e.compare_run([p[:2] for p in entity.get_points()], run[:-1] if area else run, id, row)
        tags = [tag.value for tag in found[0].get_xdata("PLAN_ATLAS")]
        if tags[-2:] != [key, plain(name)]:
            e.fault("extended data", id, row, tags)
        label = named.pop(plain(key), None)
        if (label is None) != (name == key):
            e.fault("label", id, row, name)
        elif label is not None:
            if label.dxf.text != plain(name) or label.dxf.style != "汉字":
                e.fault("label", id, row, label.dxf.text, name)
            x, y = e.at(layer["anchors"][row])
            at = label.dxf.insert if geometry["type"] == "Point" else label.dxf.align_point
            if abs(at[1] - y) > e.tolerance or abs(at[0] - x) > 2 * label.dxf.height:
                e.fault("label at", id, row, at, (x, y))
    if by_id or named:
        e.fault("more than there should be", id, list(by_id)[:3], list(named)[:3])


for e in each():
    path = e.folder / e.files[0]
    drawing, auditor = recover.readfile(path)
    if auditor.has_errors or auditor.has_fixes:
        for entry in (auditor.errors + auditor.fixes)[:10]:
            e.fault("audit", entry.message)
    drawing = ezdxf.readfile(path)
    if drawing.dxfversion != "AC1018" or drawing.encoding != "gbk":
        e.fault("version", drawing.dxfversion, drawing.encoding)
    if drawing.header["$INSUNITS"] != (0 if e.degrees else 6):
        e.fault("units", drawing.header["$INSUNITS"])
    if drawing.header.custom_vars.get("来源") != e.origin:
        e.fault("origin", drawing.header.custom_vars.properties)
    model = drawing.modelspace()
    entities = defaultdict(list)
    for entity in model:
        entities[entity.dxf.layer].append(entity)
    handles = [entity.dxf.handle for entity in model]
    if int(drawing.header["$HANDSEED"], 16) <= max(int(handle, 16) for handle in handles):
        e.fault("seed", drawing.header["$HANDSEED"])
    shapes = [entity for entity in model if entity.dxftype() != "TEXT"]
    extents = bbox.extents(shapes, fast=True)
    low, high = drawing.header["$EXTMIN"], drawing.header["$EXTMAX"]
    size = max(high[0] - low[0], high[1] - low[1])
    if any(abs(a - b) > size / 50 for a, b in zip((extents.extmin.x, extents.extmin.y, extents.extmax.x, extents.extmax.y), (low[0], low[1], high[0], high[1]))):
        if e.epsg is None or e.epsg < 4491:
            e.fault("extents", extents, low, high)
    for layer in e.layers:
        title = layer["table"]["title"]
        compare(e, layer, entities.pop(title, []), entities.pop(f"{title}_注记", []))
    if entities:
        e.fault("layers", list(entities))
    out = subprocess.run(["ogrinfo", "-so", "-al", str(path)], capture_output=True, text=True)
    if f"Feature Count: {len(model)}" not in out.stdout or out.stderr.strip():
        e.fault("GDAL", out.stdout[:300], out.stderr[:300])
    e.finish("attributes", "unlocated", "outside", "flattened", "crs", "characters")
