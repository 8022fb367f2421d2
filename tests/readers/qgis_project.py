"""Opens the project inside a GeoPackage with QGIS, offscreen, and renders it as QGIS would show it.

    qgis_project.py FILE.gpkg PICTURE.png

Prints what QGIS found as JSON; leaves with 77 where QGIS is missing.
"""
import json
import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "*=false")
try:
    from qgis.core import (QgsApplication, QgsMapRendererParallelJob, QgsMapSettings, QgsProject,
                           QgsRectangle, QgsVectorLayer)
    from qgis.PyQt.QtCore import QSize
except ImportError:
    print("python3-qgis is missing", file=sys.stderr)
    sys.exit(77)

path, picture = sys.argv[1:3]
app = QgsApplication([], False)
app.initQgis()

project = QgsProject.instance()
[name] = QgsApplication.projectStorageRegistry().projectStorageFromType("geopackage").listProjects(
    f"geopackage:{path}")
opened = project.read(f"geopackage:{path}?projectName={name}")

settings = QgsMapSettings()
settings.setDestinationCrs(project.crs())
settings.setLayers(project.layerTreeRoot().checkedLayers())
settings.setOutputSize(QSize(1400, 1000))
extent = QgsRectangle()
extent.setMinimal()
for layer in project.mapLayers().values():
    if layer.isSpatial():
        extent.combineExtentWith(layer.extent())
settings.setExtent(extent)
job = QgsMapRendererParallelJob(settings)
job.start()
job.waitForFinished()
image = job.renderedImage()
image.save(picture)
colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}

layers = []
for layer in project.mapLayers().values():
    renderer = layer.renderer() if layer.isSpatial() else None
    # A table added by hand must find its style in the file as well.
    alone = QgsVectorLayer(layer.source(), "alone", "ogr")
    message, by_default = alone.loadDefaultStyle() if layer.isSpatial() else ("", True)
    layers.append({
        "name": layer.name(),
        "table": layer.source().split("layername=")[1].split("|")[0],
        "valid": layer.isValid(),
        "crs": layer.crs().authid(),
        "spatial": layer.isSpatial(),
        "features": layer.featureCount(),
        "renderer": renderer.type() if renderer else None,
        "classes": [category.label() for category in renderer.categories()]
                   if renderer and renderer.type() == "categorizedSymbol" else [],
        "labels": layer.labelsEnabled(),
        "style_by_default": by_default,
        "aliases": [field.alias() for field in layer.fields()],
    })
print(json.dumps({"opened": opened, "project": name, "title": project.title(), "crs": project.crs().authid(),
                  "colours": len(colours), "layers": layers}, ensure_ascii=False))
# Taking QGIS down properly crashes where there is no display; nothing is left to be saved.
sys.stdout.flush()
os._exit(0)
