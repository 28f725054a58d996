//! The fields of one magnet pathway at the currents of its operating points and demagnetising cases, at two resolutions.

use super::EvaluateError;
use super::corner::{States, materials, strong_corner, weaker_when_cold};
use super::currents::{self, Points};
use super::prepared::{Prepared, Side};
use super::readings::{Currents, Readings, read};
use super::short::{
    cold_short_circuit, fault_on, flux_before_fault, undamped_short_circuit, worst_transient,
};
use crate::demagnetise;
use crate::design::Pathway;
use crate::material::MagnetState;
use crate::operate::map::{FluxMap, SEARCH};
use crate::operate::short_circuit::Transient;
use crate::operate::study::{Cost, Study};

/// What is read off the fields of a pathway.
pub(super) struct Fields<'p> {
    pub(super) pathway: &'p Pathway,
    pub(super) states: States,
    /// Magnets hottest, greatest remanence and least coercivity.
    pub(super) strong: MagnetState,
    pub(super) map: FluxMap,
    pub(super) points: Points,
    pub(super) currents: Currents,
    /// Short circuit with resistance, where the flux map can be inverted.
    pub(super) transient: Option<Transient>,
    /// Flux linkage before the undamped short circuit [V s].
    before_fault: f64,
    /// Readings at standard resolution.
    pub(super) fine: Readings,
    /// Readings at coarse resolution.
    pub(super) rough: Readings,
    pub(super) standard: Study<'p>,
    pub(super) coarse: Study<'p>,
    /// Effort beside that of the two studies.
    pub(super) cost: Cost,
}

impl<'p> Fields<'p> {
    /// Finds the currents and solves the fields.
    ///
    /// # Errors
    /// When a material has no data, the supply cannot feed the machine, or a field does not converge.
    pub(super) fn solve(prepared: &'p Prepared, side: Side) -> Result<Self, EvaluateError> {
        let pathway = side
            .pathway(prepared.candidate)
            .ok_or(EvaluateError::Undeclared(side.key()))?;
        let states = States::of(prepared, pathway)?;
        let unit = prepared.standard.sector.unknowns();
        let mut coarse = Study::new(&prepared.coarse, materials(prepared, &states.hot), unit);
        let map = coarse.map(currents::REACH * prepared.limits.current, SEARCH)?;
        let mut standard = Study::new(&prepared.standard, materials(prepared, &states.hot), unit);
        let points = currents::find(prepared, &map, &mut standard)?;
        let mut cost = Cost::default();
        let short_circuit = undamped_short_circuit(prepared, &points, &mut coarse, &mut standard)?;
        let transient = worst_transient(prepared, &map, &points);
        let before_fault = flux_before_fault(prepared, &points);
        let strong = strong_corner(prepared, pathway, &states.hot)?;
        let cold_short_circuit = if weaker_when_cold(&states) {
            Some(cold_short_circuit(prepared, &states, &mut cost)?)
        } else {
            None
        };
        let currents = Currents {
            limit: (points.limit.id, points.limit.iq),
            peak: (points.peak.id, points.peak.iq),
            rated: (points.rated.id, points.rated.iq),
            max_speed: (points.max_speed.id, points.max_speed.iq),
            short_circuit: (short_circuit.id, short_circuit.iq),
            transient: transient.map(|t| t.least_d),
            d_limit: (-prepared.limits.current, 0.0),
            cold_short_circuit,
        };
        let topology = &prepared.candidate.topology;
        let mut of =
            |study: &mut Study| read(prepared, topology, &states, &currents, study, &mut cost);
        let fine = of(&mut standard)?;
        let rough = of(&mut coarse)?;
        Ok(Self {
            pathway,
            states,
            strong,
            map,
            points,
            currents,
            transient,
            before_fault,
            fine,
            rough,
            standard,
            coarse,
            cost,
        })
    }

    /// Takes from the margin of each case what it falls by from least to greatest remanence, at coarse resolution and
    /// never below zero; gives the short-circuit current at greatest remanence.
    ///
    /// # Errors
    /// When a field does not converge.
    pub(super) fn fall_by_strong_corner(
        &mut self,
        prepared: &Prepared,
        cost: &mut Cost,
    ) -> Result<(f64, f64), EvaluateError> {
        let topology = &prepared.candidate.topology;
        let mut study = Study::new(
            &prepared.coarse,
            materials(prepared, &self.strong),
            prepared.standard.sector.unknowns(),
        );
        let fault = fault_on(prepared, &mut study, self.before_fault)?;
        let depth = |p: &crate::network::reading::MagnetPlace| topology.magnet_depth(p.rho, p.phi);
        let cases = self.fine.cases.iter_mut().zip(&mut self.rough.cases);
        for ((_, _, fine), (case, at, rough)) in cases {
            let at = if *case == "short_circuit_hot" {
                (fault.id, fault.iq)
            } else {
                *at
            };
            if case.ends_with("cold") {
                continue;
            }
            let (_, densities) = study.read(at.0, at.1)?;
            let margin = demagnetise::judge(&self.strong, &densities.magnet.points(), &depth)
                .map_or(rough.margin, |d| d.margin);
            let fall = (rough.margin - margin).max(0.0);
            fine.margin -= fall;
            rough.margin -= fall;
        }
        cost.add(&study.cost);
        Ok((fault.id, fault.iq))
    }
}
