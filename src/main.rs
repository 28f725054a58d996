//! The command line of `dualcert`.
fn main() {}
