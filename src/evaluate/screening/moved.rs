//! How far the stated tolerances move what was found: one way of each tolerance, at one rotor position and fixed
//! currents, on the coarse grid.

use super::fault::margin;
use crate::evaluate::EvaluateError;
use crate::evaluate::corner::{States, materials};
use crate::evaluate::prepared::Prepared;
use crate::evaluate::readings::moved_geometries;
use crate::material::MagnetState;
use crate::operate::machine::Machine;
use crate::operate::study::{Cost, Study};
use crate::topology::Topology;

/// The other way of a tolerance and the other rotor positions move a number by up to half more.
pub(in crate::evaluate) const OTHER_WAY: f64 = 1.5;

/// Movements by the stated tolerances, roots of sums of squares.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(in crate::evaluate) struct Moved {
    /// Of the torques at base and at maximum speed [N m].
    pub(in crate::evaluate) torque: [f64; 2],
    /// Of the flux linkage at the point of maximum speed [V s].
    pub(in crate::evaluate) max_speed_linkage: f64,
    /// Of the no-load flux linkage, over itself.
    pub(in crate::evaluate) no_load_share: f64,
    /// Of the margin in the short circuit [T].
    pub(in crate::evaluate) margin: f64,
}

/// Currents of the points of base and maximum speed, and of the short circuit if there is one [A].
pub(super) type At = ([(f64, f64); 2], Option<(f64, f64)>);

/// What one rotor position shows of a machine.
#[derive(Clone, Copy)]
struct Seen {
    torque: [f64; 2],
    linkage: f64,
    no_load: f64,
    margin: f64,
}

/// Solves the movements; nothing where no tolerance is stated.
///
/// # Errors
/// When a moved geometry does not fit or a field does not converge.
pub(super) fn moved(
    prepared: &Prepared,
    (states, strong): (&States, &MagnetState),
    at: At,
    cost: &mut Cost,
) -> Result<Moved, EvaluateError> {
    let Some(tolerances) = &prepared.candidate.tolerances else {
        return Ok(Moved::default());
    };
    let topology = &prepared.candidate.topology;
    let magnets = [&states.hot, strong, &states.cold_strong];
    let base = look(prepared, (topology, &prepared.coarse), magnets, at, cost)?;
    let mut others = vec![];
    if let Some(ratio) = tolerances.remanence_ratio {
        let stronger = magnets.map(|m| MagnetState {
            remanence_t: m.remanence_t * (1.0 + ratio),
            ..m.clone()
        });
        let machine = (topology, &prepared.coarse);
        others.push(look(prepared, machine, stronger.each_ref(), at, cost)?);
    }
    for [one, _] in &moved_geometries(topology, tolerances)? {
        let resolution = prepared.coarse.resolution;
        let plan = one
            .plan(&prepared.layout, resolution)
            .ok_or(EvaluateError::Geometry)?;
        let machine = Machine::new(&plan, &prepared.layout, resolution)?;
        others.push(look(prepared, (one, &machine), magnets, at, cost)?);
    }
    let root = |of: &dyn Fn(&Seen) -> f64| {
        let squares = others.iter().map(|o| (of(o) - of(&base)).powi(2));
        OTHER_WAY * squares.sum::<f64>().sqrt()
    };
    Ok(Moved {
        torque: [root(&|s| s.torque[0]), root(&|s| s.torque[1])],
        max_speed_linkage: root(&|s| s.linkage),
        no_load_share: root(&|s| s.no_load) / base.no_load.abs(),
        margin: root(&|s| s.margin),
    })
}

fn look(
    prepared: &Prepared,
    (topology, machine): (&Topology, &Machine),
    [hot, strong, cold]: [&MagnetState; 3],
    ([limit, max_speed], short): At,
    cost: &mut Cost,
) -> Result<Seen, EvaluateError> {
    let unit = prepared.standard.sector.unknowns();
    let study = |state: &MagnetState| Study::new(machine, materials(prepared, state), unit);
    let (mut loaded, mut faulty, mut open) = (study(hot), study(strong), study(cold));
    let (at_base, _) = loaded.glance(limit.0, limit.1)?;
    let (at_speed, _) = loaded.glance(max_speed.0, max_speed.1)?;
    let margin = match short {
        Some((id, iq)) => {
            let (_, densities) = faulty.glance(id, iq)?;
            margin(topology, strong, &densities).map_or(0.0, |d| d.margin)
        }
        None => 0.0,
    };
    let (no_load, _) = open.glance(0.0, 0.0)?;
    for part in [&loaded.cost, &faulty.cost, &open.cost] {
        cost.add(part);
    }
    Ok(Seen {
        torque: [at_base.torque, at_speed.torque],
        linkage: at_speed.psi_d.hypot(at_speed.psi_q),
        no_load: no_load.psi_d,
        margin,
    })
}
