"""Validates the description of the OGC interface against the schema of OpenAPI 3.0.

    ogc_openapi.py http://127.0.0.1:PORT/ogc

Leaves with 77 where the validator is missing.
"""
import json
import sys
import urllib.request

try:
    from openapi_spec_validator import OpenAPIV30SpecValidator
except ImportError:
    print("openapi-spec-validator is missing", file=sys.stderr)
    sys.exit(77)

with urllib.request.urlopen(f"{sys.argv[1]}/api?f=json") as answer:
    document = json.load(answer)
assert document["openapi"].startswith("3.0."), document["openapi"]
OpenAPIV30SpecValidator(document).validate()
print(f"OpenAPI 3.0: {len(document['paths'])} paths")
