"""Reads the OGC interface of a running server with OWSLib, and checks that pages and filters hold together.

    ogc_owslib.py http://127.0.0.1:PORT/ogc

Leaves with 77 where OWSLib is missing.
"""
import sys

try:
    from owslib.ogcapi.features import Features
except ImportError:
    print("OWSLib is missing", file=sys.stderr)
    sys.exit(77)

api = Features(sys.argv[1] + "/")
assert any("ogcapi-features-1/1.0/conf/core" in c for c in api.conformance()["conformsTo"])
assert api.api()["openapi"].startswith("3.0"), api.api()["openapi"]
names = api.feature_collections()
assert "townships" in names and len(names) > 8, names
for name in names:
    described = api.collection(name)
    assert described["id"] == name
    page = api.collection_items(name, limit=10000)
    assert page["numberMatched"] == page["numberReturned"] == len(page["features"]), name
    walked = []
    while len(walked) < page["numberMatched"]:
        part = api.collection_items(name, limit=7, offset=len(walked))
        assert part["features"], (name, len(walked))
        walked += [feature["id"] for feature in part["features"]]
    assert walked == [feature["id"] for feature in page["features"]], name
    if page["features"]:
        first = page["features"][0]
        alone = api.collection_item(name, first["id"])
        assert alone["geometry"] == first["geometry"] and alone["properties"] == first["properties"], name
    queryables = api.collection_queryables(name)
    assert "geometry" in queryables["properties"], queryables

box = api.collection_items("townships", bbox=[109.10, 31.02, 109.12, 31.04])
assert [feature["id"] for feature in box["features"]] == ["500235143"], box
by_filter = api.collection_items("townships", filter="name = '堰坪镇'")
assert [feature["id"] for feature in by_filter["features"]] == ["500235143"]
print(f"OWSLib: {len(names)} collections")
