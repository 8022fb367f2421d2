"""Workbooks, read by openpyxl."""

import json

from expected import each, flat, need
from tables import compare_geometry, headings

(openpyxl,) = need("openpyxl")
EXCEL = 32767


def units(text):
    return len(text.encode("utf-16-le")) // 2


def unescape(text):
    from openpyxl.utils.escape import unescape
    return unescape(text)


def compare(e, sheet, table, layer, links):
    id = table["id"]
    names = headings(e, table, layer)
    found = [cell.value for cell in sheet[1]]
    if found != [name for _, name in names]:
        return e.fault("headings", id, found, names)
    count = len(table["columns"][0]["cells"])
    rows = list(sheet.iter_rows(min_row=2, max_row=max(sheet.max_row, 2), max_col=len(names)))
    if len(rows) < count or any(cell.value is not None for row in rows[count:] for cell in row):
        return e.fault("rows", id, len(rows), count)
    if sheet.freeze_panes != "A2" or sheet.auto_filter.ref is None:
        e.fault("head", id, sheet.freeze_panes, sheet.auto_filter.ref)
    for column in table["columns"]:
        if column["kind"] in ("list", "nested"):
            e.lost("flattened", id, column["key"])
    for row, cells in enumerate(rows[:count]):
        for column, cell in zip(table["columns"], cells):
            compare_cell(e, id, column, row, cell)
        if layer:
            x, y, *more = [cell.value for cell in cells[len(table["columns"]):]]
            compare_geometry(e, id, row, layer, x, y, more[0] if more else None)
        for cell in cells:
            if cell.hyperlink:
                links.append((cell, flat_text(cell)))


def flat_text(cell):
    return str(cell.value)


def compare_cell(e, id, column, row, cell):
    key, wanted, found = column["key"], column["cells"][row], cell.value
    if wanted is None:
        if found is not None:
            e.fault("null", id, key, row, found)
    elif column["kind"] in ("text", "list", "nested"):
        text = flat(wanted)
        if text == "":
            e.lost("nulls", id, key, row)
            text = None
        elif units(text) > EXCEL:
            e.lost("truncated", id, key, row)
            if not text.startswith(found) or units(found) < EXCEL - 1:
                e.fault("cut", id, key, row, units(found))
            return
        if cell.data_type not in ("s", "inlineStr", "n") or (text and cell.data_type == "n"):
            e.fault("type", id, key, row, cell.data_type, text)
        if found != text:
            e.fault("text", id, key, row, found, text)
    elif isinstance(found, str):
        e.lost("flattened", id, key, row)
        if found != str(wanted):
            e.fault("number", id, key, row, found, wanted)
    elif (float(found) if column["kind"] == "real" else found) != wanted or (column["kind"] == "boolean") != isinstance(found, bool):
        e.fault("value", id, key, row, found, wanted)


def compare_links(e, book, titles):
    """A row to each link, with ids that lead to the rows where they stand."""
    sheet = book["关联"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    found = [[titles[row[2]], row[0], row[3]] for row in rows]
    if found != e.links:
        e.fault("links", len(found), len(e.links))
    if any(row[1] is None or row[4] is None for row in rows):
        e.fault("a link without names", next(row for row in rows if None in row))
    if not sheet["A2"].hyperlink or not sheet["D2"].hyperlink:
        e.fault("a link that leads nowhere")
    return [(cell, str(cell.value)) for row in sheet.iter_rows(min_row=2) for cell in row if cell.hyperlink]


for e in each():
    book = openpyxl.load_workbook(e.folder / e.files[0])
    sheets = iter(book.worksheets)
    front = next(sheets)
    text = "\n".join(str(cell) for row in front.iter_rows(values_only=True) for cell in row if cell is not None)
    for line in e.origin.split("；"):
        if line.split(" ")[-1] not in text:
            e.fault("origin", line)
    if front.title != "说明" or e.origin != book.properties.description:
        e.fault("front", front.title, book.properties.description)
    reported = sum(1 for row in front.iter_rows(values_only=True) if isinstance(row[3], (int, float)))
    if reported != len(e.losses):
        e.fault("losses on the first sheet", reported, len(e.losses))
    links, titles = [], {}
    for table, layer in e.layer_columns():
        sheet = next(sheets)
        if sheet.title != table["title"]:
            e.fault("title", sheet.title, table["title"])
        titles[table["title"]] = table["id"]
        compare(e, sheet, table, layer, links)
    links += compare_links(e, book, titles)
    for cell, text in links:
        sheet, at = cell.hyperlink.location.rsplit("!", 1)
        target = book[sheet.strip("'").replace("''", "'")][at].value
        if target != text:
            e.fault("link", cell.coordinate, text, target)
    if len(links) < 1000:
        e.fault("few links", len(links))
    e.finish("truncated", "flattened", "nulls", "outside", "renamed")
