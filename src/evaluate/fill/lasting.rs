//! The torque that cooling allows, for as long as it takes and for a time from cold.

use super::Filling;
use crate::evaluate::EvaluateError;
use crate::evaluate::pathway::Facts;
use crate::evaluate::{continuous, lasting, steady};
use crate::record::field as f;
use crate::unit::minutes;

impl Filling<'_> {
    pub(super) fn lasting(&mut self, facts: &Facts) -> Result<(), EvaluateError> {
        for known in [
            (&steady::S1, &facts.continuous),
            (&steady::S2, &facts.short_time),
        ] {
            let told = continuous::told(self.prepared, facts, known);
            for (field, found) in told.numbers {
                self.put(field, found, &told.when)?;
            }
            let (field, bound) = told.bound;
            self.word(field, bound)?;
        }
        let requirement = &self.prepared.application.requirement;
        let time = lasting::short_time(requirement) / minutes::SCALE;
        self.exact(
            &f::SHORT_TIME_DURATION_MIN,
            time,
            lasting::basis(requirement),
        )
    }
}
