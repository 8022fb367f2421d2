"""CSV, read by Python's own reader, as bytes before that."""

import csv
import re

from expected import each, flat
from tables import compare_geometry, encoded, headings

csv.field_size_limit(1 << 30)
SIGNS = "=+-@＝＋－＠\t\r\n"
EXCEL = 32767


def rows_of(e, name):
    raw = (e.folder / name).read_bytes()
    if e.gbk:
        text = raw.decode("gbk")
    else:
        assert raw.startswith(b"\xef\xbb\xbf"), raw[:10]
        text = raw.decode("utf-8-sig")
    assert text.endswith("\r\n"), name
    return list(csv.reader(text.splitlines(keepends=True), strict=True))


def is_formula(text):
    return text.startswith("'") or (len(text) > 1 and text[0] in SIGNS)


def guessed(text):
    """What Excel takes for a number or a date."""
    if re.fullmatch(r"[0-9]+", text):
        return len(text) > 15 or len(text) > 1 and text[0] == "0"
    return bool(re.fullmatch(r"([0-9]{1,2}|[0-9]{4})([-/][0-9]{1,2}){1,2}", text))


def unmarked(e, layer, key, text):
    """Whoever takes one leading apostrophe away has the text back."""
    if text.startswith("'"):
        e.lost("escaped", layer, key, text[:20])
        return text[1:]
    if is_formula(text):
        e.fault("a formula", layer, key, text[:20])
    return text


def compare(e, table, layer):
    id = table["id"]
    rows = rows_of(e, f"{id}{e.mark}.csv")
    names = headings(e, table, layer)
    wanted = [encoded(e, id, key, name) for key, name in names]
    found = [unmarked(e, id, names[i][0], heading) for i, heading in enumerate(rows[0])]
    if found != wanted:
        return e.fault("headings", id, found, wanted)
    count = len(table["columns"][0]["cells"])
    if len(rows) - 1 != count:
        return e.fault("rows", id, len(rows) - 1, count)
    for row, cells in enumerate(rows[1:]):
        if len(cells) != len(names):
            return e.fault("cells", id, row, len(cells), len(names))
        for column, text in zip(table["columns"], cells):
            key, cell = column["key"], column["cells"][row]
            if cell is not None and column["kind"] in ("text", "list", "integer") and guessed(str(flat(cell))):
                e.lost("guessed", id, key, row)
            if cell is None:
                e.lost("nulls", id, key, row)
                if text:
                    e.fault("null", id, key, row, text)
            elif column["kind"] in ("text", "list", "nested"):
                wanted = encoded(e, id, key, flat(cell))
                found = unmarked(e, id, key, text) if column["kind"] != "nested" else text
                if found != wanted:
                    e.fault("text", id, key, row, found[:50], wanted[:50])
                if flat(cell) == "":
                    e.lost("nulls", id, key, row)
                if len(text.encode("utf-16-le")) > 2 * EXCEL:
                    e.lost("truncated", id, key, row)
            elif column["kind"] == "boolean":
                if text != ("true" if cell else "false"):
                    e.fault("boolean", id, key, row, text, cell)
            elif (int if column["kind"] == "integer" else float)(text) != cell:
                e.fault("number", id, key, row, text, cell)
        if layer:
            x, y, *more = cells[len(table["columns"]):]
            compare_geometry(e, id, row, layer, x, y, more[0] if more else "", lambda t: len(t) > EXCEL)


for e in each():
    for table, layer in e.layer_columns():
        compare(e, table, layer)
    links = rows_of(e, f"links{e.mark}.csv")
    if links[0] != ["表", "地点编号", "记录编号"] or links[1:] != e.links:
        e.fault("links", len(links), len(e.links))
    e.finish("escaped", "truncated", "outside", "renamed", "nulls", "guessed")
