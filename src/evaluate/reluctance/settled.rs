//! Points of a switched reluctance machine that lie beside one another: what one of them found may suit the others better
//! than what they found by themselves.
//!
//! Cycles of very different shape give a torque with almost the same losses, so that each point by itself would end on one or
//! the other of them. Each is offered the angles of those beside it until none of them is better.

use super::driven::Driven;
use crate::evaluate::EvaluateError;
use crate::evaluate::losses::Losses;
use crate::operate::reluctance::cycle::Cycle;
use crate::operate::reluctance::drive::DriveError;
use crate::operate::strategy::Mode;
use crate::parallel::each_or_first_error;

/// A point that is asked for: which way, speed [rad/s] and magnitude of the torque [N m].
pub(in crate::evaluate) type Asked = (Mode, f64, f64);

/// A cycle with its losses.
pub(in crate::evaluate) type Found = (Cycle, Losses);

/// How often points are offered what others have found; news goes as many points far, and there is less of it every time.
const ROUNDS: usize = 8;

/// The cycles of least loss of points, of which each is told the places of those beside it; nothing where the limits of the
/// design do not allow a point.
///
/// # Errors
/// As [`Driven::sparing`], but for what is out of reach.
pub(in crate::evaluate) fn settled(
    driven: &Driven,
    points: &[(Asked, Vec<usize>)],
) -> Result<Vec<Option<Found>>, EvaluateError> {
    let mut found = each_or_first_error(points, |(asked, _)| match driven.sparing(*asked) {
        Err(EvaluateError::Drive(DriveError::OutOfReach { .. })) => Ok(None),
        found => found.map(Some),
    })?;
    let mut news = vec![true; points.len()];
    for _ in 0..ROUNDS {
        let better = each_or_first_error(0..points.len(), |k| {
            let (asked, beside) = &points[k];
            let mut best: Option<Found> = None;
            for offered in beside.iter().filter(|j| news[**j]) {
                let (Some(own), Some((other, _))) = (&found[k], &found[*offered]) else {
                    continue;
                };
                let own = best.as_ref().unwrap_or(own);
                best = driven.better(*asked, own, other)?.or(best);
            }
            Ok::<_, EvaluateError>(best)
        })?;
        news = better.iter().map(Option::is_some).collect();
        if !news.contains(&true) {
            break;
        }
        for (own, better) in found.iter_mut().zip(better) {
            *own = better.or(own.take());
        }
    }
    Ok(found)
}

/// Places beside each of those of a grid, row by row, in the four directions.
pub(in crate::evaluate) fn beside(rows: usize, columns: usize) -> Vec<Vec<usize>> {
    let mut all = vec![];
    for row in 0..rows {
        for column in 0..columns {
            let at = row * columns + column;
            let there = [
                (column > 0).then(|| at - 1),
                (column + 1 < columns).then_some(at + 1),
                (row > 0).then(|| at - columns),
                (row + 1 < rows).then_some(at + columns),
            ];
            all.push(there.into_iter().flatten().collect());
        }
    }
    all
}

#[cfg(test)]
#[path = "settled_tests.rs"]
mod tests;
