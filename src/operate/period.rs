//! The field of a whole electrical period from that of one sixth of it.
//!
//! After 60 electrical degrees the field is that of before, moved along by whole slots, with the sign
//! turned: a turn by 120° carries every phase into the next (which every layout satisfies), two such
//! turns are 240°, and half a period turns the sign. So what a slot sees next, another slot has just
//! seen; and what a pole sees next, another pole has.

use crate::network::newton::State;
use crate::network::sector::{Sector, Side};
use crate::network::spot::{self, Reading, Spot};
use crate::winding::Layout;

/// How the field of a sixth of a period continues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sixth {
    /// Slots by which the field of the stator moves on; its sign turns.
    slots: usize,
    /// Poles by which the field of the rotor moves on, the magnets keeping theirs.
    poles: usize,
}

impl Sixth {
    /// Of a winding; nothing without symmetry.
    pub(super) fn of(layout: &Layout) -> Option<Self> {
        let (all, pairs) = (layout.scheme.slots, layout.scheme.poles / 2);
        let slots = 2 * layout.third()?;
        // slots · 360° pairs / all = 60° + poles · 180°.
        let over = (6 * pairs * slots).checked_sub(all)?;
        over.is_multiple_of(3 * all).then_some(Self {
            slots,
            poles: over / (3 * all),
        })
    }
}

/// The field at the spots of a body in one slice over one period of what it sees.
#[derive(Debug)]
pub struct Period {
    /// The slice.
    pub slice: usize,
    /// Spots of a pitch.
    pub spots: Vec<Spot>,
    /// Pitches of the sector that are looked at.
    pub pitches: usize,
    /// Pitches that each of them stands for.
    pub alike: usize,
    /// Readings at every position that was solved, pitch by pitch.
    positions: Vec<Vec<Reading>>,
    /// For each pitch, and each block of the period: the pitch that saw the same then, and the sign.
    chain: Vec<Vec<(usize, f64)>>,
    /// Blocks of an electrical period, over one of which the positions are spread.
    per_period: f64,
}

impl Period {
    /// From the fields at positions evenly spaced over 60 electrical degrees.
    pub(super) fn new(
        sector: &Sector,
        (slice, side): (usize, Side),
        sixth: Sixth,
        fields: &[State],
    ) -> Self {
        let spots = spot::spots(sector, (slice, side));
        let pitches = sector.body(side).pitches;
        let (step, turned) = match side {
            Side::Stator => (sixth.slots, -1.0),
            Side::Rotor if sixth.poles.is_multiple_of(2) => (sixth.poles, 1.0),
            Side::Rotor => (sixth.poles, -1.0),
        };
        let sign = |odd: bool, s: f64| if odd { s } else { 1.0 };
        let chain = (0..pitches)
            .map(|pitch| {
                let mut seen = vec![];
                loop {
                    let back = step * seen.len();
                    let wraps = (back + pitches - 1 - pitch) / pitches;
                    let there = pitch + wraps * pitches - back;
                    let s = sign(!seen.len().is_multiple_of(2), turned)
                        * sign(!wraps.is_multiple_of(2), sector.sign);
                    if !seen.is_empty() && there == pitch && s > 0.0 {
                        return seen;
                    }
                    seen.push((there, s));
                }
            })
            .collect();
        let positions = fields
            .iter()
            .map(|state| spot::read(sector, (slice, side), &spots, state))
            .collect();
        Self {
            slice,
            spots,
            pitches,
            positions,
            chain,
            alike: 1,
            per_period: 6.0,
        }
    }

    /// From the fields at positions evenly spaced over a rotor pitch, after which the currents of phases that are
    /// fed one by one are the same again. So is the field around the stator; each rotor pole stands where the one
    /// ahead of it stood, and sees next what that one has seen.
    pub(super) fn of_rotor_pitch(sector: &Sector, side: Side, fields: &[State]) -> Self {
        let slice = sector.middle();
        let spots = spot::spots(sector, (slice, side));
        let positions = fields
            .iter()
            .map(|state| spot::read(sector, (slice, side), &spots, state))
            .collect();
        Self::of_readings(sector, side, (spots, positions), false)
    }

    /// The same from what the spots see at those positions, pitch by pitch. Where all pitches of the body are alike the
    /// first stands for them: each sees what it sees, at another time.
    pub(super) fn of_readings(
        sector: &Sector,
        side: Side,
        (spots, positions): (Vec<Spot>, Vec<Vec<Reading>>),
        alike: bool,
    ) -> Self {
        let pitches = sector.body(side).pitches;
        let whole = |first: usize| {
            let mut seen = vec![];
            loop {
                let ahead = first + seen.len();
                let wraps = ahead / pitches;
                let s = if wraps.is_multiple_of(2) {
                    1.0
                } else {
                    sector.sign
                };
                if !seen.is_empty() && ahead % pitches == first && s > 0.0 {
                    return seen;
                }
                seen.push((ahead % pitches, s));
            }
        };
        let chain = (0..pitches).map(|pitch| match side {
            Side::Stator => vec![(pitch, 1.0)],
            Side::Rotor => whole(pitch),
        });
        Self {
            slice: sector.middle(),
            chain: chain.collect(),
            positions,
            spots,
            pitches: if alike { 1 } else { pitches },
            alike: if alike { pitches } else { 1 },
            per_period: 1.0,
        }
    }

    /// Blocks of positions, sixths of an electrical period or whole ones, after which the body sees the same again.
    pub fn blocks(&self) -> usize {
        self.chain.first().map_or(1, Vec::len)
    }

    /// Frequency of what the body sees over the electrical one.
    pub fn base_order(&self) -> f64 {
        self.per_period / self.blocks() as f64
    }

    /// What a spot of a pitch sees over the period, evenly spaced.
    pub fn wave(&self, pitch: usize, spot: usize) -> impl Iterator<Item = Reading> + '_ {
        self.chain[pitch].iter().flat_map(move |&(there, s)| {
            self.positions.iter().map(move |readings| {
                let r = readings[there * self.spots.len() + spot];
                Reading {
                    b: [s * r.b[0], s * r.b[1]],
                    a: s * r.a,
                }
            })
        })
    }
}
