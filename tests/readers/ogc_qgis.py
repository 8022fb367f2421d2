"""Opens collections of a running server with the OGC API provider of QGIS, offscreen.

    ogc_qgis.py http://127.0.0.1:PORT/ogc

Prints what QGIS found as JSON; leaves with 77 where QGIS is missing.
"""
import json
import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "*=false")
try:
    from qgis.core import QgsApplication, QgsFeatureRequest, QgsRectangle, QgsVectorLayer
except ImportError:
    print("python3-qgis is missing", file=sys.stderr)
    sys.exit(77)

app = QgsApplication([], False)
app.initQgis()
found = {}
for name in ["townships", "rivers", "medical"]:
    source = f"url='{sys.argv[1]}' typename='{name}' pageSize='20'"
    layer = QgsVectorLayer(source, name, "OAPIF")
    box = QgsFeatureRequest().setFilterRect(QgsRectangle(109.10, 31.02, 109.12, 31.04))
    found[name] = {
        "valid": layer.isValid(),
        "error": layer.error().message(),
        "crs": layer.crs().authid(),
        "features": sum(1 for _ in layer.getFeatures()),
        "fields": [field.name() for field in layer.fields()],
        "in_box": sorted(f["name"] for f in layer.getFeatures(box)) if layer.isValid() else [],
        "names": sorted(f["name"] for f in layer.getFeatures()) if layer.isValid() else [],
    }
print(json.dumps(found, ensure_ascii=False))
# Taking QGIS down properly crashes where there is no display; nothing is left to be saved.
sys.stdout.flush()
os._exit(0)
