"""Draws the vector tiles of a running server with QGIS, offscreen, in the style that the server gives.

    ogc_qgis_tiles.py http://127.0.0.1:PORT

Prints, as JSON, how many pixels of a map of the counties each layer colours, by which colours; leaves with 77
where QGIS is missing.
"""
import json
import os
import sys
import urllib.request
from collections import Counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "*=false")
try:
    from qgis.core import (
        QgsApplication, QgsCoordinateReferenceSystem, QgsMapBoxGlStyleConverter, QgsMapRendererParallelJob,
        QgsMapSettings, QgsRectangle, QgsVectorTileLayer,
    )
    from qgis.PyQt.QtCore import QEventLoop, QSize
    from qgis.PyQt.QtGui import QColor
except ImportError:
    print("python3-qgis is missing", file=sys.stderr)
    sys.exit(77)

app = QgsApplication([], False)
app.initQgis()
server = sys.argv[1]
quad = f"{server}/ogc/collections/{{id}}/tiles/WebMercatorQuad"
found = {}
for name in ["townships", "rivers", "medical"]:
    with urllib.request.urlopen(f"{quad.format(id=name)}?f=tilejson") as answer:
        tilejson = json.load(answer)
    standard = tilejson["tiles"][0].replace("&", "%26").replace("?", "%3F").replace("=", "%3D")
    with urllib.request.urlopen(f"{server}/ogc/styles/{name}?f=json") as answer:
        style = json.load(answer)
    drawn = {}
    for way, template in [("tiles", f"{server}/tiles/{name}/{{z}}/{{x}}/{{y}}.mvt"), ("ogc", standard)]:
        layer = QgsVectorTileLayer(f"type=xyz&url={template}&zmin=0&zmax=14", name)
        converter = QgsMapBoxGlStyleConverter()
        status = converter.convert(style)
        layer.setRenderer(converter.renderer())
        settings = QgsMapSettings()
        settings.setLayers([layer])
        settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
        settings.setExtent(QgsRectangle(12050000, 3550000, 12240000, 3690000))
        settings.setOutputSize(QSize(760, 560))
        settings.setBackgroundColor(QColor("white"))
        job = QgsMapRendererParallelJob(settings)
        # Tiles are fetched by this thread, which must not sleep while the others draw.
        loop = QEventLoop()
        job.finished.connect(loop.quit)
        job.start()
        loop.exec_()
        image = job.renderedImage()
        counts = Counter(
            image.pixelColor(x, y).name() for x in range(0, 760, 2) for y in range(0, 560, 2)
        )
        white = counts.pop("#ffffff", 0)
        drawn[way] = {
            "valid": layer.isValid(),
            "converted": int(status),
            "warnings": converter.warnings(),
            "drawn": sum(counts.values()),
            "colours": [colour for colour, _ in counts.most_common(10)],
        }
    found[name] = drawn
print(json.dumps(found, ensure_ascii=False))
# Taking QGIS down properly crashes where there is no display; nothing is left to be saved.
sys.stdout.flush()
os._exit(0)
