"""Draws the map services of a running server with QGIS, offscreen.

    maps_qgis.py http://127.0.0.1:PORT

Prints, as JSON, how many colours each of its pictures of the counties has, and how much of it is drawn; leaves
with 77 where QGIS is missing.
"""
import json
import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "*=false")
try:
    from qgis.core import (
        QgsApplication, QgsCoordinateReferenceSystem, QgsMapRendererParallelJob, QgsMapSettings, QgsRasterLayer,
        QgsRectangle,
    )
    from qgis.PyQt.QtCore import QEventLoop, QSize
    from qgis.PyQt.QtGui import QColor
except ImportError:
    print("python3-qgis is missing", file=sys.stderr)
    sys.exit(77)

app = QgsApplication([], False)
app.initQgis()
server = sys.argv[1]
capabilities = f"{server}/wmts/1.0.0/WMTSCapabilities.xml"
sources = {
    "wms 4490": f"crs=EPSG:4490&format=image/png&layers=counties&layers=townships&styles=&styles=&url={server}/wms",
    "wms 4545": f"crs=EPSG:4545&format=image/png&layers=counties&layers=townships&styles=&styles=&url={server}/wms",
    "wmts w": f"crs=EPSG:3857&format=image/png&layers=atlas&styles=default&tileMatrixSet=w&url={capabilities}",
    "wmts c": f"crs=EPSG:4490&format=image/png&layers=atlas&styles=default&tileMatrixSet=c&url={capabilities}",
}
found = {}
for name, source in sources.items():
    layer = QgsRasterLayer(source, name, "wms")
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4490"))
    settings.setExtent(QgsRectangle(108.3, 30.5, 109.5, 31.5))
    settings.setOutputSize(QSize(600, 500))
    settings.setBackgroundColor(QColor("#ff00ff"))
    job = QgsMapRendererParallelJob(settings)
    loop = QEventLoop()
    job.finished.connect(loop.quit)
    job.start()
    loop.exec_()
    image = job.renderedImage()
    pixels = [image.pixelColor(x, y).name() for x in range(0, 600, 3) for y in range(0, 500, 3)]
    drawn = sum(pixel != "#ff00ff" for pixel in pixels) / len(pixels)
    found[name] = {"valid": layer.isValid(), "colours": len(set(pixels)), "drawn": round(drawn, 3)}
print(json.dumps(found))
app.exitQgis()
