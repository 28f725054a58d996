//! What works beside what does not.

use super::{WindingScheme, check, counted, layout};

/// How far slots and poles are changed in the search.
const REACH: usize = 12;

/// Slots beyond which no advice is searched for: no machine has so many, and the search takes time.
const MOST_SLOTS: usize = 1000;

/// How many combinations are named.
const NAMED: usize = 4;

/// Fundamental winding factor below which a combination is no advice: it would waste half its copper.
const WORTH_NAMING: f64 = 0.5;

/// A combination that works.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neighbour {
    /// The scheme.
    pub scheme: WindingScheme,
    /// Its fundamental winding factor.
    pub factor: f64,
}

impl std::fmt::Display for Neighbour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let WindingScheme {
            slots,
            poles,
            layers,
            coil_pitch,
            ..
        } = self.scheme;
        write!(
            f,
            "{slots} slots with {poles} poles, {}, coil pitch {coil_pitch} (winding factor {:.3})",
            counted(layers, "layer"),
            self.factor
        )
    }
}

/// The working combinations nearest to one that does not work, by the change in slots, poles, layers and
/// coil pitch together, the stronger first where they are equally near. Turns and phase sets are kept;
/// parallel paths too, unless only fewer would work. Either slots or poles are changed, not both.
pub fn nearest(scheme: &WindingScheme) -> Vec<Neighbour> {
    if scheme.slots > MOST_SLOTS || scheme.poles > MOST_SLOTS {
        return vec![];
    }
    let one_path = WindingScheme {
        parallel_paths: 1,
        ..*scheme
    };
    let found = search(scheme);
    if found.is_empty() && *scheme != one_path {
        search(&one_path)
    } else {
        found
    }
}

/// Numbers of parallel paths that share equal coil groups, smallest first.
pub fn path_numbers(groups: usize) -> Vec<usize> {
    (1..=groups).filter(|n| groups.is_multiple_of(*n)).collect()
}

fn search(scheme: &WindingScheme) -> Vec<Neighbour> {
    let aim = pitch_meant(scheme);
    let mut found: Vec<(usize, Neighbour)> = vec![];
    for (slots, poles) in around(scheme) {
        for layers in 1..=2 {
            let here = WindingScheme {
                slots,
                poles,
                layers,
                ..*scheme
            };
            found.extend(best_pitch(scheme, &here, aim));
        }
    }
    found.sort_by(|(a, x), (b, y)| a.cmp(b).then(y.factor.total_cmp(&x.factor)));
    found
        .into_iter()
        .map(|(_, neighbour)| neighbour)
        .take(NAMED)
        .collect()
}

/// Slots and poles with either changed.
fn around(scheme: &WindingScheme) -> Vec<(usize, usize)> {
    let (slots, poles) = (scheme.slots, scheme.poles);
    let mut pairs = vec![(slots, poles)];
    for by in 1..=REACH {
        pairs.extend([(slots + by, poles), (slots.saturating_sub(by), poles)]);
        if by.is_multiple_of(2) {
            pairs.extend([(slots, poles + by), (slots, poles.saturating_sub(by))]);
        }
    }
    pairs.retain(|&(slots, poles)| slots >= 3 && poles >= 2 && poles.is_multiple_of(2));
    pairs
}

/// Slots of a pole, at least one.
fn pole_pitch(scheme: &WindingScheme) -> usize {
    ((scheme.slots + scheme.poles / 2) / scheme.poles.max(1)).max(1)
}

/// The coil pitch to stay close to: the one asked for, or the pole pitch where the pitch is what is wrong.
fn pitch_meant(asked: &WindingScheme) -> usize {
    let full = WindingScheme {
        coil_pitch: pole_pitch(asked),
        ..*asked
    };
    let possible = WindingScheme {
        layers: 2,
        ..*asked
    };
    if layout(full).is_ok() || check::numbers(&possible).is_err() {
        full.coil_pitch
    } else {
        asked.coil_pitch
    }
}

/// The pitch nearest to `aim` that works on the slots, poles and layers of `here`, with the
/// distance from what was asked.
fn best_pitch(
    asked: &WindingScheme,
    here: &WindingScheme,
    aim: usize,
) -> Option<(usize, Neighbour)> {
    let full = pole_pitch(here);
    let same_place = (asked.slots, asked.poles) == (here.slots, here.poles);
    // Elsewhere the pitch asked for and the pole pitch are enough to look at.
    let pitches: Vec<usize> = if same_place {
        (1..=2 * full).collect()
    } else {
        let pole_pitch = here.slots / here.poles;
        vec![aim, pole_pitch.max(1), pole_pitch + 1]
    };
    let changed = asked.slots.abs_diff(here.slots)
        + asked.poles.abs_diff(here.poles)
        + asked.layers.abs_diff(here.layers);
    let works = |pitch: usize| {
        let scheme = WindingScheme {
            coil_pitch: pitch,
            ..*here
        };
        let factor = layout(scheme).ok()?.factor(1);
        (factor >= WORTH_NAMING)
            .then_some((changed + aim.abs_diff(pitch), Neighbour { scheme, factor }))
    };
    pitches
        .into_iter()
        .filter_map(works)
        .min_by(|(a, x), (b, y)| a.cmp(b).then(y.factor.total_cmp(&x.factor)))
}
