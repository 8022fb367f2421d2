//! Symbols: those that would hide one another are told apart, and each has the name that it would like to have.

use crate::picture::crowd::{Crowd, SMALL_FAN, crowds, fan, fan_radius};
use crate::picture::layers::{Recipe, over};
use crate::picture::members::{Member, name_of};
use crate::picture::names::{Lettering, Shown, Wanted, plain};
use crate::picture::outline::{Outline, Position};
use crate::picture::palette::{INK, SYMBOL_PAPER, mix};
use crate::picture::scene::{Anchor, Ink, Paint, Symbol, Text};

/// From which zoom on names of symbols are written: what fades in on the screen is there or not on paper.
const SYMBOL_NAMES: f64 = 8.6;

/// Symbols, what lies under them, and the names that they would like to have.
pub struct Standing {
    /// Discs under those that are fanned out.
    pub discs: Vec<Ink>,
    /// The symbols.
    pub marks: Vec<Ink>,
    /// Names, the upper layer first.
    pub names: Vec<Wanted>,
}

impl Lettering<'_> {
    /// All symbols of all layers, told apart where they would hide one another.
    pub fn symbols(&mut self, shown: &[Shown<'_, '_>]) -> Standing {
        let size = Recipe::symbol_size(self.zoom);
        let mut all: Vec<(Position, Symbol, Option<Wanted>)> = Vec::new();
        for layer in shown {
            for member in layer.members {
                let Outline::Points(points) = &member.outline else { continue };
                for &at in points {
                    let symbol = layer.recipe.symbol(member);
                    let name = self.name_of_symbol(layer, member, at, size);
                    all.push((at, symbol, name));
                }
            }
        }
        let positions: Vec<Position> = all.iter().map(|(at, ..)| *at).collect();
        let mut standing = Standing { discs: Vec::new(), marks: Vec::new(), names: Vec::new() };
        for Crowd { spot, members, fanned } in crowds(&positions, self.zoom) {
            let count = members.len();
            let offsets = if fanned { fan(count) } else { Vec::new() };
            if fanned {
                standing.discs.extend(disc(spot, count));
            }
            for (seat, &number) in members.iter().enumerate() {
                let (at, symbol, name) = &mut all[number];
                let offset = offsets.get(seat).copied();
                let at = offset.map_or(*at, |(x, y)| (spot.0 + x, spot.1 + y));
                if fanned || seat == 0 {
                    standing.marks.push(Ink::Mark(symbol.clone(), at, size));
                    let half = 7.0 * size;
                    self.take([at.0 - half, at.1 - half], [at.0 + half, at.1 + half]);
                }
                let room = if fanned { count <= SMALL_FAN } else { count == 1 };
                if let Some(mut name) = name.take().filter(|_| room) {
                    if let Some(offset) = offset {
                        name.places = vec![outward(at, offset, name.text.size, size)];
                    }
                    standing.names.push(name);
                }
            }
            if !fanned && count > 1 {
                standing.marks.extend(bubble(spot, count));
                self.take([spot.0, spot.1 - 18.0], [spot.0 + 18.0, spot.1]);
            }
        }
        // The upper layer's name comes first.
        standing.names.reverse();
        standing
    }

    fn name_of_symbol(
        &self,
        layer: &Shown<'_, '_>,
        member: &Member<'_>,
        at: Position,
        size: f64,
    ) -> Option<Wanted> {
        let place = member.place.as_ref().filter(|_| layer.layer().style.label)?;
        if self.zoom < SYMBOL_NAMES {
            return None;
        }
        let letters = over(self.zoom, &[(9.0, 10.5), (13.0, 13.0)]);
        let name = name_of(place.place(), self.english());
        let text = Text {
            lines: self.wrapped(&name, 9),
            color: mix(layer.recipe.color(member), INK, 0.45),
            opacity: layer.layer().style.opacity,
            ..plain(letters)
        };
        let (aside, above) = (9.0 * size + 3.0, 8.0 * size + letters * 0.7);
        let lines = text.height() - letters;
        let places = vec![
            ((at.0 + aside, at.1 - lines / 2.0), Anchor::Start),
            ((at.0 - aside, at.1 - lines / 2.0), Anchor::End),
            ((at.0, at.1 - above - lines), Anchor::Middle),
            ((at.0, at.1 + above), Anchor::Middle),
        ];
        Some(Wanted { text, places })
    }
}

/// Where the name of a symbol in a fan stands: past it, on its outer side.
fn outward(at: Position, (x, y): Position, letters: f64, size: f64) -> (Position, Anchor) {
    let above = 8.0 * size + letters * 0.7;
    if x.abs() < 4.0 {
        return ((at.0, at.1 + if y < 0.0 { -above } else { above }), Anchor::Middle);
    }
    let aside = 9.0 * size + 3.0;
    if x > 0.0 {
        ((at.0 + aside, at.1), Anchor::Start)
    } else {
        ((at.0 - aside, at.1), Anchor::End)
    }
}

/// The disc under a fan, and the spot itself.
fn disc(spot: Position, count: usize) -> [Ink; 2] {
    let under = Paint {
        fill: Some(SYMBOL_PAPER.to_owned()),
        stroke: Some("#8d7c62".to_owned()),
        width: 0.8,
        opacity: 0.78,
        ..Paint::default()
    };
    let point = Paint { fill: Some(INK.to_owned()), opacity: 1.0, ..Paint::default() };
    [Ink::Disc(spot, fan_radius(count), under), Ink::Disc(spot, 2.2, point)]
}

/// The number of symbols that one stands for.
fn bubble(spot: Position, count: usize) -> [Ink; 2] {
    let at = (spot.0 + 9.0, spot.1 - 9.0);
    let paint = Paint {
        fill: Some(INK.to_owned()),
        stroke: Some(SYMBOL_PAPER.to_owned()),
        width: 1.2,
        opacity: 1.0,
        ..Paint::default()
    };
    let text = Text {
        lines: vec![count.to_string()],
        at,
        color: SYMBOL_PAPER.to_owned(),
        halo: 0.0,
        ..plain(9.5)
    };
    [Ink::Disc(at, if count < 10 { 6.5 } else { 8.0 }, paint), Ink::Text(text)]
}
