//! The R-tree of a GeoPackage table, packed at once and stored as the nodes that SQLite's rtree module
//! reads. Inserting row by row into the virtual table costs many times as much.
//!
//! A node is a blob of [`NODE`] bytes, all numbers big-endian ("The SQLite R*Tree module", 6; `rtree.c`):
//!
//! ```text
//! 0  depth of the tree (root only)   2  number of cells   4  cells: id i64 │ minx maxx miny maxy as f32
//! ```
//!
//! Node 1 is the root. Edges are rounded outwards, as SQLite does, so that no box shrinks.

use rusqlite::{Connection, params};

/// Cells that a node holds at most (`RTREE_MAXCELLS`).
const CELLS: usize = 51;
/// Bytes of a node: what 51 cells need, as SQLite chooses for pages of 4 kB.
const NODE: usize = 4 + CELLS * 24;

/// The box of a row.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Row id.
    pub id: i64,
    /// minx, maxx, miny, maxy.
    pub edges: [f32; 4],
}

impl Entry {
    /// From smallest x and y, largest x and y.
    pub fn new(id: i64, [west, south, east, north]: [f64; 4]) -> Self {
        Self { id, edges: [down(west), up(east), down(south), up(north)] }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "rounded outwards afterwards")]
fn down(edge: f64) -> f32 {
    let near = edge as f32;
    if f64::from(near) > edge { near.next_down() } else { near }
}

#[expect(clippy::cast_possible_truncation, reason = "rounded outwards afterwards")]
fn up(edge: f64) -> f32 {
    let near = edge as f32;
    if f64::from(near) < edge { near.next_up() } else { near }
}

/// Fills the R-tree `table`, which exists and is empty.
///
/// Packing is Sort-Tile-Recursive (Leutenegger, Lopez, Edgington 1997): sorted by x into vertical
/// strips, each strip by y, and so at each level.
pub fn fill(db: &Connection, table: &str, mut entries: Vec<Entry>) -> rusqlite::Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let mut node =
        db.prepare(&format!("INSERT OR REPLACE INTO \"{table}_node\" VALUES (?1, ?2)"))?;
    let mut rowid = db.prepare(&format!("INSERT INTO \"{table}_rowid\" VALUES (?1, ?2)"))?;
    let mut parent = db.prepare(&format!("INSERT INTO \"{table}_parent\" VALUES (?1, ?2)"))?;
    let (mut next, mut depth) = (2_i64, 0_u16);
    // Which node each row is in. Noted by row, so that SQLite appends and moves nothing.
    let mut nodes: Vec<(i64, i64)> = Vec::with_capacity(entries.len());
    loop {
        let leaf = depth == 0;
        if entries.len() <= CELLS {
            node.execute(params![1, cells(&entries, depth)])?;
            let in_root = |entry: &Entry| (entry.id, 1);
            if leaf {
                nodes.extend(entries.iter().map(in_root));
            } else {
                entries
                    .iter()
                    .map(in_root)
                    .try_for_each(|child| parent.execute(child).map(drop))?;
            }
            nodes.sort_unstable();
            return nodes.into_iter().try_for_each(|child| rowid.execute(child).map(drop));
        }
        tile(&mut entries);
        let mut above = Vec::with_capacity(entries.len() / CELLS + 1);
        for members in entries.chunks(CELLS) {
            node.execute(params![next, cells(members, 0)])?;
            let in_next = |member: &Entry| (member.id, next);
            if leaf {
                nodes.extend(members.iter().map(in_next));
            } else {
                members
                    .iter()
                    .map(in_next)
                    .try_for_each(|child| parent.execute(child).map(drop))?;
            }
            above.push(Entry { id: next, edges: around(members) });
            next += 1;
        }
        entries = above;
        depth += 1;
    }
}

fn tile(entries: &mut [Entry]) {
    let x = |entry: &Entry| entry.edges[0] + entry.edges[1];
    let y = |entry: &Entry| entry.edges[2] + entry.edges[3];
    let nodes = entries.len().div_ceil(CELLS);
    entries.sort_unstable_by(|a, b| x(a).total_cmp(&x(b)));
    let strip = nodes.isqrt().max(1) * CELLS;
    for strip in entries.chunks_mut(strip) {
        strip.sort_unstable_by(|a, b| y(a).total_cmp(&y(b)));
    }
}

fn around(entries: &[Entry]) -> [f32; 4] {
    entries.iter().skip(1).fold(entries[0].edges, |a, entry| {
        let b = entry.edges;
        [a[0].min(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].max(b[3])]
    })
}

fn cells(entries: &[Entry], depth: u16) -> Vec<u8> {
    let mut blob = Vec::with_capacity(NODE);
    blob.extend_from_slice(&depth.to_be_bytes());
    blob.extend_from_slice(&u16::try_from(entries.len()).unwrap_or(0).to_be_bytes());
    for entry in entries {
        blob.extend_from_slice(&entry.id.to_be_bytes());
        entry.edges.iter().for_each(|edge| blob.extend_from_slice(&edge.to_be_bytes()));
    }
    blob.resize(NODE, 0);
    blob
}
