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
        Ok(false) => {
            let cli = dateline::cli::Cli::parse();
            #[cfg(all(feature = "jemalloc", target_os = "linux", target_env = "gnu"))]
            lasting::again(&cli);
            dateline::command::run(cli)
        }
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

/// What lasts all day keeps its memory another way than what is over in a second.
#[cfg(all(feature = "jemalloc", target_os = "linux", target_env = "gnu"))]
mod lasting {
    use dateline::cli::{Cli, Command};
    use std::os::unix::process::CommandExt;

    /// Where the allocator looks for its ways when a process begins.
    const VARIABLE: &str = "_RJEM_MALLOC_CONF";

    /// No thread keeps pieces over 64 bytes: a build would be a twentieth slower, but what thousands of edits let go of
    /// is then where the next ones look for room. The rest is what `.cargo/config.toml` says, which an installed binary
    /// was not made with.
    const WAYS: &str =
        "background_thread:true,percpu_arena:percpu,dirty_decay_ms:1000,muzzy_decay_ms:0,tcache_max:64";

    /// Begins a preview or a watch again, in the same process, with the allocator told of it. Where that cannot be
    /// done, it goes on as it is.
    pub fn again(cli: &Cli) {
        #[expect(clippy::disallowed_methods, reason = "the environment is read by the command line alone")]
        let told = std::env::var_os(VARIABLE).is_some();
        if told || !matches!(cli.command, Command::Serve(_) | Command::Watch(_)) {
            return;
        }
        if let Ok(program) = std::env::current_exe() {
            let arguments = std::env::args_os().skip(1);
            let _failed = std::process::Command::new(program).args(arguments).env(VARIABLE, WAYS).exec();
        }
    }
}
