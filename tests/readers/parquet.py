"""GeoParquet, read by Arrow and DuckDB, its geometries by GEOS, its reference systems by PROJ."""

import json

from expected import area, each, need, parts

need("pyarrow", "duckdb", "shapely", "pyproj")

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pyproj
import shapely

TYPES = {
    "text": pa.string(), "integer": pa.int64(), "real": pa.float64(), "boolean": pa.bool_(), "nested": pa.string(),
}
DUCK = {
    "text": "VARCHAR", "integer": "BIGINT", "real": "DOUBLE", "boolean": "BOOLEAN", "list": "VARCHAR[]", "nested": "JSON",
}


def plain(kind, cell):
    """A cell as it must come back."""
    return json.loads(cell["json"]) if kind == "nested" and cell is not None else cell


def columns(e, table, file, found):
    id = table["id"]
    for column in table["columns"]:
        key, kind = column["key"], column["kind"]
        field = found.schema.field(key)
        if kind == "list":
            if not (pa.types.is_list(field.type) and field.type.value_type == pa.string()):
                e.fault("type", id, key, field.type)
        elif kind == "nested":
            if str(field.type) not in ("extension<arrow.json>", "string"):
                e.fault("type", id, key, field.type)
        elif field.type != TYPES[kind]:
            e.fault("type", id, key, field.type)
        cells = found.column(key).to_pylist()
        cells = [json.loads(c) if kind == "nested" and c is not None else c for c in cells]
        wanted = [plain(kind, c) for c in column["cells"]]
        for row, (f, w) in enumerate(zip(cells, wanted, strict=True)):
            if f != w or type(f) is not type(w) and not isinstance(w, (int, float)):
                e.fault("cell", id, key, row, f, w)
        logical = next(c for c in file.schema if c.path.split(".")[0] == key).logical_type
        if logical.type != {"nested": "JSON", "text": "STRING", "list": "STRING"}.get(kind, "NONE"):
            e.fault("logical type", id, key, logical)


def duck(e, table, path, layer):
    """The same cells through DuckDB, which shares no code with Arrow."""
    db = duckdb.connect()
    names = [f'"{c["key"]}"' for c in table["columns"]]
    types = db.execute(f"DESCRIBE SELECT * FROM read_parquet('{path}')").fetchall()
    rows = db.execute(f"SELECT * FROM read_parquet('{path}')").fetchall()
    for number, column in enumerate(table["columns"]):
        if types[number][1] != DUCK[column["kind"]]:
            e.fault("type in DuckDB", table["id"], column["key"], types[number])
        for row, wanted in enumerate(column["cells"]):
            found = rows[row][number]
            if column["kind"] == "nested" and found is not None:
                found = json.loads(found)
            if found != plain(column["kind"], wanted):
                e.fault("cell in DuckDB", table["id"], column["key"], row, found, wanted)
    if len(rows) != len(table["columns"][0]["cells"]):
        e.fault("rows in DuckDB", table["id"], len(rows), len(names))
    if layer:
        west = [r for r in db.execute(f"SELECT bbox.xmin FROM read_parquet('{path}')").fetchall() if r[0] is not None]
        if west:
            middle = sorted(west)[len(west) // 2][0]
            few = f"SELECT count(*) FROM read_parquet('{path}') WHERE bbox.xmin < ?"
            if db.execute(few, [middle]).fetchone()[0] != sum(w[0] < middle for w in west):
                e.fault("box in DuckDB", table["id"])


def reference(e, id, geo, column):
    if e.crs in ("GCJ-02", "BD-09"):
        if "crs" not in column or column["crs"] is not None:
            e.fault("a shifted system has a name", id, column.get("crs"))
    elif e.epsg == 4326:
        if "crs" in column:
            e.fault("the system of the specification is spelt out", id)
    else:
        found, wanted = pyproj.CRS.from_json_dict(column["crs"]), pyproj.CRS.from_epsg(e.epsg)
        if found.to_epsg() != e.epsg or found.name != wanted.name:
            e.fault("reference system", id, found.name, wanted.name)
        # By its parameters too, not by its number alone.
        bare = dict(column["crs"])
        del bare["id"]
        if not pyproj.CRS.from_json_dict(bare).equals(wanted, ignore_axis_order=False):
            e.fault("parameters of the reference system", id, bare)


def geometries(e, id, layer, file, found):
    geo = json.loads(file.schema.to_arrow_schema().metadata[b"geo"])
    column = geo["columns"][geo["primary_column"]]
    if geo["version"] != "1.1.0" or column["encoding"] != "WKB":
        e.fault("version", id, geo)
    reference(e, id, geo, column)
    box = column["covering"]["bbox"]["xmin"][0]
    seen, bounds = set(), []
    cells = found.column(geo["primary_column"]).to_pylist()
    boxes = found.column(box).to_pylist()
    for row, (wkb, cover, wanted) in enumerate(zip(cells, boxes, layer["geometries"], strict=True)):
        if wanted is None or not e.reached(wanted):
            if wanted is not None:
                e.lost("outside", id, None, row)
            if wkb is not None or cover is not None:
                e.fault("no position", id, row)
            continue
        geometry = shapely.from_wkb(wkb)
        here = json.loads(shapely.to_geojson(geometry))
        seen.add(here["type"])
        if here["type"] != wanted["type"] or len(parts(here)) != len(parts(wanted)):
            e.fault("kind", id, row, here["type"], wanted["type"])
            continue
        for f, w in zip(parts(here), parts(wanted)):
            e.compare_run(f, w, id, row)
        if here["type"].endswith("Polygon"):
            polygons = [here["coordinates"]] if here["type"] == "Polygon" else here["coordinates"]
            for outer, *holes in polygons:
                if area(outer) <= 0 or any(area(hole) >= 0 for hole in holes):
                    e.fault("orientation", id, row)
        if [cover[edge] for edge in ("xmin", "ymin", "xmax", "ymax")] != list(geometry.bounds):
            e.fault("box", id, row, cover, geometry.bounds)
        bounds.append(geometry.bounds)
    if seen != set(column["geometry_types"]):
        e.fault("kinds", id, seen, column["geometry_types"])
    if bounds:
        low, high = zip(*(b[:2] for b in bounds)), zip(*(b[2:] for b in bounds))
        whole = [*map(min, low), *map(max, high)]
        if column["bbox"] != whole:
            e.fault("bounds", id, column["bbox"], whole)
        statistics = [file.metadata.row_group(g).column(c).statistics
                      for g in range(file.metadata.num_row_groups)
                      for c in range(file.metadata.num_columns)
                      if file.metadata.row_group(g).column(c).path_in_schema == f"{box}.xmin"]
        if min(s.min for s in statistics if s.has_min_max) != whole[0]:
            e.fault("statistics", id)


def groups(e, id, layer, path, file, found):
    """Each row group by itself: its rows, what is missing in it, and the box that a reader skips it by."""
    metadata = file.metadata
    many = -(-metadata.num_rows // 65_536)
    if metadata.num_row_groups < max(many, 1):
        e.fault("row groups", id, metadata.num_row_groups, many)
    geo = json.loads(file.schema.to_arrow_schema().metadata[b"geo"])
    primary = geo["primary_column"]
    box = geo["columns"][primary]["covering"]["bbox"]["xmin"][0]
    first = 0
    edges = {}
    for number in range(metadata.num_row_groups):
        group, rows = metadata.row_group(number), file.read_row_group(number)
        if group.num_rows != rows.num_rows or not rows.equals(found.slice(first, group.num_rows)):
            e.fault("rows of a group", id, number)
        first += group.num_rows
        bounds = [shapely.from_wkb(wkb).bounds for wkb in rows.column(primary).to_pylist() if wkb is not None]
        for at in range(group.num_columns):
            column = group.column(at)
            name, _, edge = column.path_in_schema.partition(".")
            statistics = column.statistics
            if name == box:
                wanted = [b[("xmin", "ymin", "xmax", "ymax").index(edge)] for b in bounds]
                edges[number, edge] = (min(wanted), max(wanted)) if wanted else None
                if statistics.has_min_max != bool(wanted) or wanted and (statistics.min, statistics.max) != edges[number, edge]:
                    e.fault("box of a group", id, number, edge, statistics, edges[number, edge])
                missing = group.num_rows - len(wanted)
            elif not edge:
                missing = rows.column(name).null_count
            else:
                continue
            if statistics.null_count != missing:
                e.fault("nulls of a group", id, number, column.path_in_schema, statistics.null_count, missing)
    if first != metadata.num_rows:
        e.fault("rows of all groups", id, first)
    told = duckdb.execute(
        "SELECT row_group_id, path_in_schema, stats_min_value, stats_max_value FROM parquet_metadata(?)", [str(path)]
    ).fetchall()
    for number, name, low, high in told:
        edge = name.removeprefix(f"{box}, ")
        wanted = edges.get((number, edge)) if name != edge else None
        if wanted and (float(low), float(high)) != wanted:
            e.fault("box of a group in DuckDB", id, number, edge, low, high, wanted)


def notes(e, table, file):
    found = {key.decode(): value.decode() for key, value in file.metadata.metadata.items()}
    titles = {column["key"]: column["title"] for column in table["columns"]}
    if json.loads(found["plan-atlas:fields"]) != titles or found["plan-atlas:title"] != table["title"]:
        e.fault("titles", table["id"])
    if found["plan-atlas:origin"] != e.origin or e.crs not in found["plan-atlas:crs"]:
        e.fault("origin", table["id"])
    if e.crs in ("GCJ-02", "BD-09") and "偏移" not in found["plan-atlas:crs"]:
        e.fault("shifted without a word", table["id"])


for e in each():
    mark = f"_{e.crs}" if e.epsg is None else ""
    wanted = [t["id"] for t, _ in e.layer_columns()] + (["links"] if e.links else [])
    if sorted(e.files) != sorted(f"{id}{mark}.parquet" for id in wanted):
        e.fault("files", e.files)
    for table, layer in e.layer_columns():
        path = e.folder / f"{table['id']}{mark}.parquet"
        with pq.ParquetFile(path) as file:
            found = file.read()
            found.validate(full=True)
            columns(e, table, file, found)
            notes(e, table, file)
            if layer:
                geometries(e, table["id"], layer, file, found)
                groups(e, table["id"], layer, path, file, found)
        duck(e, table, path, layer)
    if not e.links:
        e.finish("outside")
        continue
    links = pq.read_table(e.folder / f"links{mark}.parquet")
    if list(map(list, zip(*(c.to_pylist() for c in links.columns)))) != e.links:
        e.fault("links", links.num_rows, len(e.links))
    e.finish("outside")
