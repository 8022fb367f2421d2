"""PMTiles, read by the format's own reader, its tiles decoded by mapbox-vector-tile."""

import collections
import gzip
import math

from expected import each, flat, need, positions

need("pmtiles.reader", "mapbox_vector_tile", "shapely")

import mapbox_vector_tile
import shapely
import shapely.geometry
from pmtiles.reader import MmapSource, Reader, all_tiles
from pmtiles.tile import Compression, TileType, tileid_to_zxy, zxy_to_tileid

KINDS = {"Point": 0, "MultiPoint": 0, "LineString": 1, "MultiLineString": 1, "Polygon": 2, "MultiPolygon": 2}
EXTENT = 4096


def grid(z, x, y, lon, lat):
    """A position on the grid of a tile, written down anew."""
    n = 2 ** z
    sine = math.sin(math.radians(lat))
    return (
        ((lon + 180) / 360 * n - x) * EXTENT,
        ((0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)) * n - y) * EXTENT,
    )


def attributes(table, row):
    """What a feature must carry: nulls are left out, lists and nested values are text."""
    cells = ((c["key"], c["cells"][row]) for c in table["columns"])
    return {key: flat(cell) for key, cell in cells if cell is not None}


def header(e, found, metadata, tiles):
    if (found["tile_type"], found["tile_compression"], found["clustered"]) != (TileType.MVT, Compression.GZIP, True):
        e.fault("header", found)
    lon, lat = zip(*(p[:2] for layer in e.layers for g in layer["geometries"] if g for p in positions(g)))
    for name, wanted in [("min_lon_e7", min(lon)), ("max_lon_e7", max(lon)), ("min_lat_e7", min(lat)), ("max_lat_e7", max(lat))]:
        if abs(found[name] - wanted * 1e7) > 1:
            e.fault("bounds", name, found[name], wanted)
    ids = [zxy_to_tileid(*zxy) for zxy in tiles]
    if ids != sorted(ids) or found["addressed_tiles_count"] != len(ids):
        e.fault("tiles", found["addressed_tiles_count"], len(ids))
    zooms = [z for z, _, _ in tiles]
    if (found["min_zoom"], found["max_zoom"]) != (min(zooms), max(zooms)):
        e.fault("zooms", min(zooms), max(zooms))
    if metadata["description"] != e.origin:
        e.fault("origin", metadata["description"])
    said = {layer["id"]: layer["field_titles"] for layer in metadata["vector_layers"]}
    for layer in e.layers:
        titles = {c["key"]: c["title"] for c in layer["table"]["columns"]}
        if said.get(layer["table"]["id"]) != titles:
            e.fault("titles", layer["table"]["id"])




for e in each():
    [name] = e.files
    layers = {layer["table"]["id"]: layer for layer in e.layers}
    with open(e.folder / name, "rb") as file:
        source = MmapSource(file)
        reader = Reader(source)
        found = reader.header()
        tiles = {zxy: gzip.decompress(data) for zxy, data in all_tiles(source)}
        header(e, found, reader.metadata(), list(tiles))
        # The level whose positions are compared: deeper ones have too many tiles to take each.
        last = min(found["max_zoom"], 12)
        met = collections.defaultdict(set)
        labelled = collections.Counter()
        pieces = collections.defaultdict(list)
        wanted_attributes = {id: [attributes(l["table"], r) for r in range(len(l["geometries"]))] for id, l in layers.items()}
        for (z, x, y), data in tiles.items():
            if z not in (0, 8, 11, last) and (z < last or (x + y) % 16):
                continue
            if (x + y) % 16 == 0 and reader.get(z, x, y) is None:
                e.fault("not found by its address", z, x, y)
            for id, content in mapbox_vector_tile.decode(data, default_options={"y_coord_down": True}).items():
                labels = id.endswith("-labels")
                layer = layers[id.removesuffix("-labels")]
                for feature in content["features"]:
                    row = feature["id"] - 1
                    if feature["properties"] != wanted_attributes[layer["table"]["id"]][row]:
                        e.fault("attributes", id, row, z, x, y, feature["properties"])
                    if labels:
                        labelled[id, row, z] += 1
                        anchor = grid(z, x, y, *layer["anchors"][row])
                        if max(abs(f - w) for f, w in zip(feature["geometry"]["coordinates"], anchor)) > 1:
                            e.fault("label", id, row, z, feature["geometry"], anchor)
                        continue
                    met[id, z].add(row)
                    if KINDS[feature["geometry"]["type"]] != KINDS[layer["geometries"][row]["type"]]:
                        e.fault("kind", id, row, feature["geometry"]["type"])
                    if z == last:
                        pieces[id, row].append(((x, y), feature["geometry"]))
        for id, layer in layers.items():
            located = {row for row, g in enumerate(layer["geometries"]) if g}
            areas = {row for row in located if KINDS[layer["geometries"][row]["type"]] == 2}
            if met[id, last] != located:
                e.fault("features", id, len(met[id, last]), len(located))
            if not met[id, 0] >= areas:
                e.fault("areas vanish", id)
            for row in areas:
                if any(labelled[f"{id}-labels", row, z] != 1 for z in (0, 8, 11, last)):
                    e.fault("labels", id, row)
            for row in range(len(layer["geometries"])):
                if row not in located:
                    e.lost("unlocated", id, None, row)
                    continue
                e.lost("simplified", id, None, row)
                whole = shapely.geometry.shape(layer["geometries"][row])
                # On the grid of the last level's first tile; the pieces are moved there.
                world = shapely.transform(whole, lambda all: [grid(last, 0, 0, *p[:2]) for p in all])
                shapely.prepare(world)
                for (x, y), drawn in pieces[id, row]:
                    shape = shapely.geometry.shape(drawn)
                    shape = shapely.transform(shape, lambda all: all + [x * EXTENT, y * EXTENT])
                    edges = (x * EXTENT, y * EXTENT, (x + 1) * EXTENT, (y + 1) * EXTENT)
                    # Half a unit of rounding on each axis, three of simplification. Beyond the tile's
                    # edge, an outline that leaves and enters again is joined along the buffer.
                    corners = shapely.points(shapely.get_coordinates(shape))
                    if not shapely.dwithin(world, corners[shapely.within(corners, shapely.box(*edges))], 4).all():
                        e.fault("position", id, row, x, y)
                    if "Point" in shape.geom_type:
                        wide = (edges[0] - 128, edges[1] - 128, edges[2] + 128, edges[3] + 128)
                        both = len(corners), len(shapely.get_coordinates(shapely.clip_by_rect(world, *wide)))
                        if both[0] != both[1]:
                            e.fault("points", id, row, x, y, both)
                        continue
                    found_part = shapely.clip_by_rect(shape if "Line" in shape.geom_type else shape.buffer(0), *edges)
                    exact = shapely.clip_by_rect(world, *edges)
                    if "Line" in shape.geom_type:
                        if abs(found_part.length - exact.length) > 16 + 0.05 * exact.length:
                            e.fault("length", id, row, x, y, found_part.length, exact.length)
                    elif abs(found_part.area - exact.area) > 16 + 4 * exact.length:
                        e.fault("area", id, row, x, y, found_part.area, exact.area)
                # Nothing of it lies in a tile of the last level that does not show it.
                west, south, east, north = whole.bounds
                n = 2 ** last
                (x0, y0), (x1, y1) = (
                    (int(a // EXTENT), int(b // EXTENT)) for a, b in (grid(last, 0, 0, west, north), grid(last, 0, 0, east, south))
                )
                if (x1 - x0 + 1) * (y1 - y0 + 1) < 4096:
                    here = {place for place, _ in pieces[id, row]}
                    for x in range(x0, x1 + 1):
                        for y in range(y0, y1 + 1):
                            box = shapely.box(x * EXTENT + 8, y * EXTENT + 8, (x + 1) * EXTENT - 8, (y + 1) * EXTENT - 8)
                            if world.intersects(box) and (x, y) not in here:
                                e.fault("missing from a tile", id, row, last, x, y)
        counts = collections.Counter(z for z, _, _ in tiles)
        print(f"{(e.folder / name).stat().st_size} bytes, tiles {dict(counts)}, contents {found['tile_contents_count']}")
    e.finish("unlocated", "simplified")
