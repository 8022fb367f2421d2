"""Seconds that pyogrio (GDAL through Arrow) takes to write a layer that is in memory already.

    write_alone.py SOURCE TARGET DRIVER
"""
import sys
import time

import pyogrio

source, target, driver = sys.argv[1:4]
meta, table = pyogrio.read_arrow(source)
begun = time.perf_counter()
pyogrio.write_arrow(table, target, driver=driver, crs=meta["crs"], geometry_name=meta["geometry_name"] or "wkb_geometry",
                    geometry_type="Unknown" if meta["geometry_type"] == "Unknown" else meta["geometry_type"])
print(time.perf_counter() - begun)
