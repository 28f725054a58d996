//! The standards that are part of the program: a user has only the binary.

use super::TextFile;

/// The five standards of each sector and their examples, two files a role.
macro_rules! programmes {
    ($($sector:literal),* $(,)?) => {
        vec![$(
            programmes!(@file "magnet/", $sector, "/a-1.json"),
            programmes!(@file "magnet/", $sector, "/a-1.examples.json"),
            programmes!(@file "motor/", $sector, "/a-1.json"),
            programmes!(@file "motor/", $sector, "/a-1.examples.json"),
            programmes!(@file "magnet/", $sector, "/b-1.json"),
            programmes!(@file "magnet/", $sector, "/b-1.examples.json"),
            programmes!(@file "motor/", $sector, "/b-1.json"),
            programmes!(@file "motor/", $sector, "/b-1.examples.json"),
            programmes!(@file "interchange/", $sector, "/pair-1.json"),
            programmes!(@file "interchange/", $sector, "/pair-1.examples.json"),
        )*]
    };
    (@file $($part:literal),*) => {
        TextFile {
            name: concat!("standards/", $($part),*).to_owned(),
            text: include_str!(concat!("../../standards/", $($part),*)).to_owned(),
        }
    };
}

/// The files of a market by its short name.
macro_rules! markets {
    ($($market:literal),* $(,)?) => {
        vec![$(
            programmes!(@file "market/", $market, "-0.json"),
            programmes!(@file "market/", $market, "-0.examples.json"),
        )*]
    };
}

/// Every shipped standard and its examples, one word a programme. A test holds this list against the
/// folder and against the sectors that a record may name.
pub(super) fn files() -> Vec<TextFile> {
    let mut files = programmes![
        "defence_vehicle",
        "ev_traction",
        "industrial_drive",
        "precision_servo",
        "wind_generator",
    ];
    files.extend(markets!["cn", "eu", "jp", "uk", "us"]);
    files
}

/// The versions that were replaced, with their examples: one line a version.
macro_rules! superseded {
    ($($version:literal),* $(,)?) => {
        vec![$(
            superseded!(@file $version, ".json"),
            superseded!(@file $version, ".examples.json"),
        )*]
    };
    (@file $version:literal, $ending:literal) => {
        TextFile {
            name: concat!("standards/superseded/", $version, $ending).to_owned(),
            text: include_str!(concat!("../../standards/superseded/", $version, $ending)).to_owned(),
        }
    };
}

/// Every version that was ever shipped, for histories and comparisons.
pub(super) fn every_file() -> Vec<TextFile> {
    let mut every = files();
    every.extend(superseded![
        "defence_vehicle_interchange-0.1.0",
        "defence_vehicle_magnet_a-0.1.0",
        "defence_vehicle_magnet_a-1.0.0",
        "defence_vehicle_magnet_b-0.1.0",
        "defence_vehicle_motor_a-0.1.0",
        "defence_vehicle_motor_b-0.1.0",
        "defence_vehicle_motor_b-0.2.0",
        "ev_traction_interchange-0.1.0",
        "ev_traction_magnet_a-0.1.0",
        "ev_traction_magnet_a-0.2.0",
        "ev_traction_magnet_a-1.0.0",
        "ev_traction_magnet_b-0.1.0",
        "ev_traction_magnet_b-0.2.0",
        "ev_traction_magnet_b-0.3.0",
        "ev_traction_motor_a-0.1.0",
        "ev_traction_motor_a-0.2.0",
        "ev_traction_motor_a-0.3.0",
        "ev_traction_motor_b-0.1.0",
        "ev_traction_motor_b-0.2.0",
        "ev_traction_motor_b-0.3.0",
        "ev_traction_motor_b-0.4.0",
        "ev_traction_motor_b-0.5.0",
        "industrial_drive_interchange-0.1.0",
        "industrial_drive_magnet_a-0.1.0",
        "industrial_drive_magnet_a-1.0.0",
        "industrial_drive_magnet_b-0.1.0",
        "industrial_drive_motor_a-0.1.0",
        "industrial_drive_motor_a-0.2.0",
        "industrial_drive_motor_a-0.2.1",
        "industrial_drive_motor_b-0.1.0",
        "industrial_drive_motor_b-0.2.0",
        "industrial_drive_motor_b-0.3.0",
        "industrial_drive_motor_b-0.3.1",
        "precision_servo_interchange-0.1.0",
        "precision_servo_magnet_a-0.1.0",
        "precision_servo_magnet_a-1.0.0",
        "precision_servo_magnet_b-0.1.0",
        "precision_servo_motor_a-0.1.0",
        "precision_servo_motor_b-0.1.0",
        "precision_servo_motor_b-0.2.0",
        "wind_generator_interchange-0.1.0",
        "wind_generator_magnet_a-0.1.0",
        "wind_generator_magnet_a-1.0.0",
        "wind_generator_magnet_b-0.1.0",
        "wind_generator_motor_a-0.1.0",
        "wind_generator_motor_b-0.1.0",
        "wind_generator_motor_b-0.2.0",
    ]);
    every
}
