//! What every machine type owes to physics, whatever it looks like: conservation, symmetry, energy,
//! scaling, convergence. A topology registers with one line at the end.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its input should fail on the spot"
)]

#[path = "laws/conservation.rs"]
mod conservation;
#[path = "laws/discs.rs"]
mod discs;
#[path = "laws/energy.rs"]
mod energy;
#[path = "laws/gap.rs"]
mod gap;
#[path = "laws/interior.rs"]
mod interior;
#[path = "laws/refinement.rs"]
mod refinement;
#[path = "laws/reluctance.rs"]
mod reluctance;
#[path = "laws/robustness.rs"]
mod robustness;
#[path = "laws/subject.rs"]
mod subject;
#[path = "laws/surface.rs"]
mod surface;
#[path = "laws/symmetry.rs"]
mod symmetry;

/// Writes the test of every law for a machine: `conformance!(name => machine);`.
macro_rules! conformance {
    ($name:ident => $subject:expr) => {
        mod $name {
            conformance!(@laws $subject;
                conservation::gap_flux_is_the_difference_of_potentials,
                conservation::linked_flux_is_the_flux_that_crosses_the_gap,
                conservation::without_sources_there_is_no_field,
                symmetry::mirroring_turns_torque_and_q_flux_around,
                symmetry::a_turn_by_one_pole_reverses_the_linkages,
                symmetry::a_turn_by_one_slot_changes_nothing_without_current,
                symmetry::a_turn_by_one_phase_belt_with_its_currents_changes_nothing,
                symmetry::the_next_sixth_of_a_period_is_known_from_this_one,
                symmetry::scaled_lengths_and_currents_scale_linkage_and_torque,
                energy::in_a_linear_machine_energy_is_co_energy,
                energy::linkage_is_the_slope_of_co_energy,
                energy::mutual_inductances_are_reciprocal,
                energy::three_torques_agree,
                gap::gap_waves_turn_with_the_rotor,
                gap::gap_waves_and_winding_give_the_linkage,
                gap::a_whole_circumference_has_the_waves_of_a_sector,
                gap::the_waves_hold_the_whole_field,
                gap::the_stress_on_the_middle_circle_is_the_torque,
                refinement::a_finer_grid_stays_within_the_error_estimate,
                robustness::newton_converges_at_absurd_currents,
                robustness::newton_converges_from_any_start,
                robustness::newton_needs_few_iterations_from_a_neighbour,
            );
        }
    };
    (@laws $subject:expr; $($group:ident :: $law:ident),+ $(,)?) => {
        $(
            #[test]
            fn $law() {
                crate::$group::$law(&$subject);
            }
        )+
    };
}

conformance!(ipm => crate::subject::shipped("ipm"));
conformance!(ipm_six_phases => crate::subject::six_phases("ipm"));
conformance!(ipm_concentrated_flat => crate::subject::concentrated_flat());
conformance!(ipm_turned_up => crate::interior::turned_up());
conformance!(ipm_rectangles_in_pieces => crate::interior::rectangles_in_pieces());
conformance!(spoke_concentrated => crate::subject::concentrated_spoke());
conformance!(spoke_distributed => crate::subject::distributed_spoke());
conformance!(spm_concentrated => crate::surface::concentrated());
conformance!(spm_distributed => crate::surface::distributed());
conformance!(spm_bread_loaf => crate::surface::bread_loaf());
conformance!(spm_outer_rotor => crate::surface::outer_rotor());
conformance!(inset => crate::surface::inset());
conformance!(axial_single => crate::discs::single());
conformance!(axial_yokeless => crate::discs::yokeless());

/// What the pieces of an array and magnets within the iron of a disc could break: the other machines with axial flux are held
/// to all laws.
macro_rules! other_discs {
    ($($name:ident => $subject:expr;)+) => {
        $(mod $name {
            conformance!(@laws $subject;
                conservation::linked_flux_is_the_flux_that_crosses_the_gap,
                symmetry::mirroring_turns_torque_and_q_flux_around,
                symmetry::a_turn_by_one_pole_reverses_the_linkages,
                symmetry::scaled_lengths_and_currents_scale_linkage_and_torque,
                energy::in_a_linear_machine_energy_is_co_energy,
                energy::three_torques_agree,
                refinement::a_finer_grid_stays_within_the_error_estimate,
            );
        })+
    };
}

other_discs! {
    axial_halbach => crate::discs::halbach();
    axial_buried => crate::discs::buried();
    axial_spoke_between => crate::discs::spoke_between();
}

/// Writes the test of every law for a machine with salient poles: `reluctance!(name => machine);`.
macro_rules! reluctance {
    ($($name:ident => $subject:expr;)+) => {
        $(mod $name {
            reluctance!(@laws $subject;
                without_current_there_is_no_field,
                a_turn_by_one_rotor_pole_changes_nothing,
                every_phase_sees_in_turn_what_the_first_saw,
                both_ways_from_aligned_are_alike,
                reversing_the_current_reverses_the_linkage,
                linkage_is_the_slope_of_co_energy,
                in_linear_iron_co_energy_is_half_of_linkage_times_current,
                mutual_inductances_are_reciprocal,
                scaled_lengths_and_currents_scale_linkage_and_co_energy,
                the_gap_stress_does_the_work_of_the_co_energy,
                a_finer_grid_stays_within_the_error_estimate,
                newton_converges_at_absurd_currents,
                inductance_falls_and_torque_pulls_from_aligned_to_unaligned,
                fields_of_single_phases_add_up_in_linear_iron,
            );
        })+
    };
    (@laws $subject:expr; $($law:ident),+ $(,)?) => {
        $(
            #[test]
            fn $law() {
                crate::reluctance::$law(&$subject);
            }
        )+
    };
}

reluctance! {
    srm_twelve_eight => crate::reluctance::twelve_eight();
    srm_eight_six => crate::reluctance::eight_six();
    srm_six_four_tapered => crate::reluctance::six_four_tapered();
    srm_ten_eight => crate::reluctance::ten_eight();
    srm_outer_rotor => crate::reluctance::outer_rotor();
    srm_two_teeth => crate::reluctance::two_teeth();
    srm_three_teeth_outer_rotor => crate::reluctance::three_teeth_outer_rotor();
}
