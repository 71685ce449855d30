//! The binary: arguments in, exit status out. Everything else is the library's.

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = dateline::cli::Cli::parse();
    match dateline::command::run(cli) {
        Ok(status) => ExitCode::from(status),
        Err(error) => {
            dateline::command::messages::note(&format!("error: {error:#}"));
            ExitCode::from(dateline::command::WORLD)
        }
    }
}
