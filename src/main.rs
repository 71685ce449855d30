//! The binary: arguments in, exit status out. Everything else is the library's.

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let done = match dateline::command::completions::answer() {
        Ok(true) => Ok(dateline::command::FINE),
        Ok(false) => dateline::command::run(dateline::cli::Cli::parse()),
        Err(error) => Err(error),
    };
    match done {
        Ok(status) => ExitCode::from(status),
        Err(error) => {
            dateline::command::messages::note(&format!("error: {error:#}"));
            ExitCode::from(dateline::command::WORLD)
        }
    }
}
