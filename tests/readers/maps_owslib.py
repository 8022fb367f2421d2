"""Reads the map services of a running server with OWSLib: capabilities, maps, tiles, features at a pixel.

    maps_owslib.py http://127.0.0.1:PORT

Leaves with 77 where OWSLib is missing.
"""
import io
import json
import struct
import sys

try:
    from owslib.wms import WebMapService
    from owslib.wmts import WebMapTileService
except ImportError:
    print("OWSLib is missing", file=sys.stderr)
    sys.exit(77)

server = sys.argv[1]


def size(answer):
    data = answer.read()
    assert data[:8] == b"\x89PNG\r\n\x1a\n", data[:200]
    return struct.unpack(">II", data[16:24])


wms = WebMapService(f"{server}/wms", version="1.3.0")
assert {"atlas", "townships", "medical"} <= set(wms.contents), list(wms.contents)
layer = wms.contents["townships"]
assert layer.title == "乡镇街道" and layer.queryable == 1, layer.title
assert {"EPSG:4490", "EPSG:3857", "EPSG:4545"} <= set(layer.crsOptions), layer.crsOptions
west, south, east, north = layer.boundingBoxWGS84
assert 108 < west < 108.6 and 31 < north < 32, layer.boundingBoxWGS84
box = (108.3, 30.5, 109.5, 31.5)
for crs, box in [("EPSG:4490", box), ("EPSG:4326", box), ("EPSG:3857", (12056000, 3570000, 12190000, 3700000)),
                 ("EPSG:4545", (530000, 3380000, 640000, 3480000))]:
    answer = wms.getmap(layers=["counties", "townships"], styles=["", ""], srs=crs, bbox=box, size=(400, 300), format="image/png", transparent=True)
    assert size(answer) == (400, 300), crs
answer = wms.getfeatureinfo(layers=["townships"], query_layers=["townships"], srs="EPSG:4490", bbox=(109.0, 30.9, 109.2, 31.1),
                            size=(400, 400), format="image/png", info_format="application/json", xy=(222, 134))
found = json.loads(answer.read())
assert [feature["properties"]["name"] for feature in found["features"]] == ["堰坪镇"], found
try:
    wms.getmap(layers=["nothing"], srs="EPSG:4490", bbox=(108, 30, 109, 31), size=(10, 10), format="image/png")
    raise SystemExit("a layer that there is not was drawn")
except Exception as error:
    assert "no layer" in str(error), error

wmts = WebMapTileService(f"{server}/wmts/1.0.0/WMTSCapabilities.xml")
assert {"atlas", "herbs"} <= set(wmts.contents) and set(wmts.tilematrixsets) == {"w", "c"}
assert wmts.tilematrixsets["c"].crs.endswith("EPSG::4490"), wmts.tilematrixsets["c"].crs
for matrix, level, row, column in [("w", "9", 209, 410), ("c", "9", 84, 410)]:
    answer = wmts.gettile(layer="atlas", style="default", tilematrixset=matrix, tilematrix=level, row=row, column=column, format="image/png")
    assert size(answer) == (256, 256), matrix
print(len(wms.contents))
