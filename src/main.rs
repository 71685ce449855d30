//! The binary: arguments in, exit status out. Everything else is the library's.

use clap::Parser;
use std::process::ExitCode;

/// Pages are made of millions of small values on all threads, and a preview lets go of most of them a thousand times
/// a day. This allocator gives the memory back; how soon stands in `.cargo/config.toml`.
#[cfg(all(feature = "jemalloc", target_os = "linux", target_env = "gnu"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

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
