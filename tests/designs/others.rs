//! What the designs of the other programmes come to.

use super::run::dualcert;
use serde_json::Value;

/// Those whose whole report is kept, with the exit code of their check.
pub const KEPT: [(&str, i32); 2] = [("defence_vehicle", 0), ("industrial_drive", 0)];

/// The report of a design for people.
pub fn report(name: &str, code: i32) -> String {
    let file = format!("designs/{name}.json");
    let output = dualcert(&["check", &file]).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    let seen = (output.status.code(), told.as_ref());
    assert_eq!(seen, (Some(code), ""), "{name}");
    String::from_utf8(output.stdout).unwrap()
}

/// The torque that Ansys Maxwell finds for its current, with the magnet as warm as there: geometry and
/// winding are those of the reference machine, the steel is another grade. A check of this machine is not
/// run here: nothing repeats before a full turn, and it takes minutes.
#[test]
fn the_servo_motor_gives_the_torque_of_its_source() {
    let at = ["--id-a", "0.785", "--iq-a", "1.9165"];
    let output = dualcert(&["solve", "designs/servo.json", "--candidate", "spm-15-14"])
        .args(["--pathway", "A", "--magnet-temperature-c", "60"])
        .args(["--resolution", "coarse", "--format", "json"])
        .args(at)
        .output()
        .unwrap();
    let point: Value = serde_json::from_slice(&output.stdout).unwrap();
    let torque = point["torque_n_m"].as_f64().unwrap();
    assert!((torque / 4.8838 - 1.0).abs() < 0.03, "{torque} N m");
}
