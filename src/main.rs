//! The command line of `dualcert`. Everything it does is in the library.

use dualcert::cli::{self, Streams, physics::BuiltIn};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut streams = Streams::of_process();
    let code = cli::run(std::env::args_os(), &mut streams, &BuiltIn);
    ExitCode::from(code)
}
