"""What an export must hold, and the comparison with what was read back.

Every difference must be listed in the loss report, and everything listed must be a difference.
"""

import functools
import json
import math
import subprocess
import sys
from collections import Counter
from pathlib import Path

MISSING = "〓"


def need(*modules):
    """Imports modules; 77 tells the test that one is missing."""
    found = []
    for name in modules:
        try:
            found.append(__import__(name))
        except ImportError as error:
            print(error, file=sys.stderr)
            sys.exit(77)
    return found


def written(text, encoding):
    """A text as the encoding has it, with a mark for what it lacks."""
    try:
        text.encode(encoding)
        return text
    except UnicodeEncodeError:
        return "".join(c if fits(c, encoding) else MISSING for c in text)


@functools.cache
def fits(character, encoding):
    try:
        character.encode(encoding)
        return True
    except UnicodeEncodeError:
        return False


def flat(cell):
    """A cell as one text."""
    if isinstance(cell, list):
        return "；".join(cell)
    if isinstance(cell, dict):
        return cell["json"]
    return cell


def positions(geometry):
    """All positions, in order."""
    def walk(c):
        if isinstance(c[0], (int, float)):
            yield tuple(c)
        else:
            for part in c:
                yield from walk(part)
    return list(walk(geometry["coordinates"]))


def parts(geometry):
    """Points, lines or rings: runs of positions. Of polygons, outer ones first in each."""
    kind, c = geometry["type"], geometry["coordinates"]
    return {
        "Point": lambda: [[c]],
        "MultiPoint": lambda: [[p] for p in c],
        "LineString": lambda: [c],
        "MultiLineString": lambda: c,
        "Polygon": lambda: c,
        "MultiPolygon": lambda: [ring for polygon in c for ring in polygon],
    }[kind]()


def area(ring):
    """Signed area; positive is counter-clockwise."""
    x0, y0 = ring[0][:2]
    pairs = zip(ring, ring[1:] + ring[:1])
    return sum((a[0] - x0) * (b[1] - y0) - (b[0] - x0) * (a[1] - y0) for a, b in pairs) / 2


def gcj02(lon, lat):
    """The published approximation of GCJ-02, written down anew."""
    if not (72.004 <= lon <= 137.8347 and 0.8293 <= lat <= 55.8271):
        return lon, lat
    a, ee = 6378245.0, 0.00669342162296594323
    x, y, pi = lon - 105.0, lat - 35.0, math.pi
    dlat = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    dlon = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    both = (20 * math.sin(6 * x * pi) + 20 * math.sin(2 * x * pi)) * 2 / 3
    dlat += both + (20 * math.sin(y * pi) + 40 * math.sin(y / 3 * pi)) * 2 / 3
    dlat += (160 * math.sin(y / 12 * pi) + 320 * math.sin(y * pi / 30)) * 2 / 3
    dlon += both + (20 * math.sin(x * pi) + 40 * math.sin(x / 3 * pi)) * 2 / 3
    dlon += (150 * math.sin(x / 12 * pi) + 300 * math.sin(x / 30 * pi)) * 2 / 3
    phi = lat / 180 * pi
    magic = 1 - ee * math.sin(phi) ** 2
    root = math.sqrt(magic)
    return (
        lon + dlon * 180 / (a / root * math.cos(phi) * pi),
        lat + dlat * 180 / (a * (1 - ee) / (magic * root) * pi),
    )


def bd09(lon, lat):
    lon, lat = gcj02(lon, lat)
    turn = math.pi * 3000 / 180
    z = math.hypot(lon, lat) + 0.00002 * math.sin(lat * turn)
    theta = math.atan2(lat, lon) + 0.000003 * math.cos(lon * turn)
    return z * math.cos(theta) + 0.0065, z * math.sin(theta) + 0.006


class Expected:
    def __init__(self, folder):
        self.folder = Path(folder)
        wanted = json.loads((self.folder / "expected.json").read_text("utf-8"))
        reported = wanted.pop("losses")
        self.losses = {(loss["kind"], loss["layer"], loss["field"]): loss["count"] for loss in reported}
        self.__dict__.update(wanted)
        self.encoding = "gbk" if self.gbk else "utf-8"
        # Shifted positions are marked in the name of every file.
        self.mark = f"_{self.crs}" if self.epsg is None else ""
        self.seen = Counter()
        self.faults = []
        self._project()

    def _project(self):
        """Every position in the export's system, as PROJ (through GDAL) has it."""
        wanted = set()
        for layer in self.layers:
            for geometry, anchor in zip(layer["geometries"], layer["anchors"]):
                if geometry:
                    wanted.update(positions(geometry))
                    wanted.add(tuple(anchor))
        wanted = sorted(wanted)
        if self.epsg in (4326, 4490):
            found = wanted
        elif self.crs in ("GCJ-02", "BD-09"):
            found = [{"GCJ-02": gcj02, "BD-09": bd09}[self.crs](*p) for p in wanted]
        else:
            source = 4326 if self.epsg == 3857 else 4490
            command = ["gdaltransform", "-output_xy", "-s_srs", f"EPSG:{source}", "-t_srs", f"EPSG:{self.epsg}"]
            lines = "".join(f"{x!r} {y!r}\n" for x, y in wanted)
            try:
                out = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
            except FileNotFoundError as error:
                print(error, file=sys.stderr)
                sys.exit(77)
            found = [tuple(map(float, line.split())) for line in out.stdout.splitlines()]
            assert len(found) == len(wanted), (len(found), len(wanted))
        self.projected = dict(zip(wanted, found))
        # A centimetre; in degrees, of latitude.
        self.tolerance = 1e-7 if self.degrees else 0.01

    def at(self, position):
        return self.projected[tuple(position[:2])]

    def reached(self, geometry):
        """Whether the system reaches all of a geometry: a zone, a thousand kilometres."""
        if self.degrees or self.epsg == 3857:
            return True
        middle = 500_000 + (0 if 4502 <= self.epsg <= 4512 or 4534 <= self.epsg <= 4554 else
                            1_000_000 * (self.epsg - (4488 if self.epsg >= 4513 else 4478)))
        return all(abs(self.at(p)[0] - middle) < 1e6 for p in positions(geometry))

    def near(self, found, wanted):
        return all(abs(f - w) <= self.tolerance for f, w in zip(found, wanted))

    def fault(self, *what):
        self.faults.append(what)

    def lost(self, kind, layer, field, *what):
        """A difference; it must be in the report."""
        if (kind, layer, field) not in self.losses:
            self.fault("not in the loss report", kind, layer, field, *what)
        self.seen[kind, layer, field] += 1

    def compare_run(self, found, wanted, *what):
        """Positions of one part against degrees."""
        if len(found) != len(wanted):
            return self.fault("positions", len(found), len(wanted), *what)
        for f, w in zip(found, wanted):
            if not self.near(f, self.at(w)):
                return self.fault("position", f, self.at(w), *what)

    def layer_columns(self):
        for layer in self.layers:
            yield layer["table"], layer
        for table in self.tables:
            yield table, None

    def finish(self, *exact):
        """Nothing may be wrong, and of these kinds nothing may be reported that did not happen."""
        for (kind, layer, field), count in self.losses.items():
            if kind in exact and self.seen[kind, layer, field] != count:
                self.fault("reported", kind, layer, field, count, "found", self.seen[kind, layer, field])
        if self.faults:
            for fault in self.faults[:20]:
                print(self.folder.name, *fault)
            print(len(self.faults), "faults in", self.crs, self.encoding)
            sys.exit(1)


def each():
    """The folders named on the command line."""
    for folder in sys.argv[1:]:
        yield Expected(folder)
    print(len(sys.argv) - 1, "exports read back")
