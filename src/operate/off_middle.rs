//! What lies between two equal flat gaps, off the middle of them: by how much one gap pulls it more than the other.

use super::machine::Machine;
use crate::network::newton::{Materials, SolveError, Solver};
use crate::network::plan::{BodyPlan, SectorPlan};
use crate::network::reading::gap_pull;
use crate::network::sector::{SectorError, Side};
use crate::network::yielding::{given_way, residual, with_boundary};
use crate::resolution::Resolution;
use crate::winding::Layout;

/// The half of a machine with two gaps as it is drawn, and with its gap a little narrower and wider.
#[derive(Debug)]
pub struct OffMiddle {
    drawn: Machine,
    /// As it is drawn, narrower and wider, with the boundary that the change of the field has.
    changed: [Machine; 3],
    /// By how much narrower or wider [m].
    by: f64,
    /// Whether the field crosses the plane between the halves, so that its change does not.
    held: bool,
    /// The body that the plane between the halves cuts.
    cut: Side,
}

impl OffMiddle {
    /// Of the plan as it is drawn, and with the gap narrower and wider by a length [m]; the plane between the halves cuts one
    /// of the bodies.
    ///
    /// # Errors
    /// When a sector cannot be made, or the three have not the same grid.
    pub fn new(
        [drawn, narrow, wide]: [SectorPlan; 3],
        by: f64,
        cut: Side,
        (layout, resolution): (&Layout, Resolution),
    ) -> Result<Self, SectorError> {
        let held = drawn.rotor.mirrored || drawn.stator.mirrored;
        let alike = |mut plan: SectorPlan| {
            for (own, drawn) in slices_mut(&mut plan).into_iter().zip(drawn.slices()) {
                // Rows as thick as in the drawing, but for those of the gap.
                own.0.spacing.clone_from(&drawn.rotor.spacing);
                own.1.spacing.clone_from(&drawn.stator.spacing);
                let cut = match cut {
                    Side::Rotor => own.0,
                    Side::Stator => own.1,
                };
                cut.mirrored |= !held;
            }
            Machine::new(&plan, layout, resolution)
        };
        let changed = [alike(drawn.clone())?, alike(narrow)?, alike(wide)?];
        let rows = changed.each_ref().map(|machine| machine.sector.rows);
        if rows != [rows[0]; 3] {
            return Err(SectorError::Slices(rows[0], rows[1].max(rows[2])));
        }
        Ok(Self {
            drawn: Machine::new(&drawn, layout, resolution)?,
            changed,
            by,
            held,
            cut,
        })
    }

    /// Unknowns of the half.
    pub fn unknowns(&self) -> usize {
        self.drawn.sector.unknowns()
    }

    /// What pulls it further from the middle over the way that it is off [N/m], mean over the positions of the rotor, while
    /// currents [A] stand; with the solutions and iterations that it took.
    ///
    /// Off by δ one gap is narrower by δ and the other one wider, so that their pulls F differ by 2 δ dF/dδ. What changes has
    /// opposite signs in the halves: dF/dδ is that of the half whose change the plane between them allows. Held there, the
    /// pull rises less than that of the half by itself, since a field that may yield less stores more.
    ///
    /// # Errors
    /// When a field does not converge.
    pub fn per_way(
        &self,
        materials: &Materials,
        (id, iq): (f64, f64),
    ) -> Result<(f64, usize, usize), SolveError> {
        let (mut sum, mut solves, mut iterations) = (0.0, 0, 0);
        let mut solver = Solver::new(&self.drawn.sector);
        let [mut as_drawn, mut narrow, mut wide] =
            self.changed.each_ref().map(|m| Solver::new(&m.sector));
        let mut last = None;
        let shifts: Vec<usize> = self.drawn.shifts().collect();
        for &shift in &shifts {
            let phases = self.drawn.phase_currents(id, iq, shift);
            let load = self.drawn.load(&phases);
            let (state, effort) = solver.solve(materials, &load, shift, last.as_ref())?;
            let onto = &self.changed[0].sector;
            let from = if self.held {
                state.clone()
            } else {
                with_boundary(&state, self.cut, &self.drawn.sector, onto)
            };
            let [loaded, less, more] = self.changed.each_ref().map(|m| m.load(&phases));
            let before = residual(&mut as_drawn, materials, &loaded, &from);
            let at = (&from, before.as_slice());
            let near = given_way(&mut narrow, materials, &less, at, self.held)?;
            let far = given_way(&mut wide, materials, &more, at, self.held)?;
            let [_, narrow, wide] = &self.changed;
            let pulls = gap_pull(&narrow.sector, &near) - gap_pull(&wide.sector, &far);
            sum += pulls / (2.0 * self.by);
            solves += 3;
            iterations += effort.iterations + 2;
            last = Some(state);
        }
        Ok((sum / shifts.len() as f64, solves, iterations))
    }
}

/// Rotor and stator of every slice of a plan.
fn slices_mut(plan: &mut SectorPlan) -> Vec<(&mut BodyPlan, &mut BodyPlan)> {
    let SectorPlan {
        beside,
        rotor,
        stator,
        ..
    } = plan;
    let mut all = vec![(rotor, stator)];
    all.extend(beside.iter_mut().map(|p| (&mut p.rotor, &mut p.stator)));
    all
}
