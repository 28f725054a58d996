//! A family of points beside one another.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

use super::{Asked, Found, beside, settled};
use crate::design::Design;
use crate::evaluate::reluctance::driven::Driven;
use crate::evaluate::reluctance::setting::PoleSetting;
use crate::material::Library;
use crate::operate::strategy::Mode;
use crate::source::Document;
use crate::topology::Topology;
use crate::unit::rpm;

/// What the choice of a cycle decides on [W].
fn lost((_, losses): &Found) -> f64 {
    losses.winding() + losses.iron.as_ref().unwrap().total()
}

/// At low load of a machine at high speed copper and iron lose as much as each other, and many cycles almost as much as the
/// best. No point loses more than with the angles of another one; over speed and torque losses rise, and bend no more than
/// a parabola through the points beside would have them.
#[test]
fn no_point_loses_more_than_with_the_angles_of_another_and_losses_have_no_steps() {
    let file = include_str!("../../../designs/ev_traction.json");
    let design = Design::load(&Document::parse("ev_traction.json", file).unwrap()).unwrap();
    let candidate = design.candidate("srm-18-12").unwrap();
    let Topology::Srm(srm) = &candidate.topology else {
        panic!("{:?}", candidate.topology);
    };
    let machine = (candidate, srm);
    let setting = PoleSetting::new(&design.application, machine, Library::builtin()).unwrap();
    let driven = Driven::new(&setting).unwrap();
    let (speeds, torques) = ([3600.0, 4200.0], [6.0, 9.0, 12.0, 15.0, 18.0]);
    for mode in Mode::BOTH {
        let asked: Vec<Asked> = speeds
            .iter()
            .flat_map(|speed| torques.map(|torque| (mode, speed * rpm::SCALE, torque)))
            .collect();
        let near = beside(speeds.len(), torques.len());
        let points: Vec<_> = asked.iter().copied().zip(near.iter().cloned()).collect();
        let found: Vec<Found> = settled(&driven, &points)
            .unwrap()
            .into_iter()
            .map(Option::unwrap)
            .collect();
        for ((asked, near), own) in points.iter().zip(&found) {
            for other in near {
                let better = driven.better(*asked, own, &found[*other].0).unwrap();
                assert!(better.is_none(), "{asked:?}: {} of {}", lost(own), *other);
            }
        }
        let losses: Vec<f64> = found.iter().map(lost).collect();
        for (slow, fast) in losses[..torques.len()].iter().zip(&losses[torques.len()..]) {
            assert!(fast > slow, "{mode:?} {losses:?}");
        }
        for row in losses.chunks(torques.len()) {
            for beside in row.windows(3) {
                let bend = (beside[0] - 2.0 * beside[1] + beside[2]) / beside[1];
                assert!(
                    beside[1] > beside[0] && bend.abs() < 0.05,
                    "{mode:?} {row:?}"
                );
            }
        }
    }
}

#[test]
fn places_beside_one_another_are_those_of_a_grid() {
    assert_eq!(
        beside(2, 3),
        [
            vec![1, 3],
            vec![0, 2, 4],
            vec![1, 5],
            vec![4, 0],
            vec![3, 5, 1],
            vec![4, 2],
        ]
    );
    assert_eq!(beside(1, 1), [Vec::<usize>::new()]);
}
