//! Floor 6: one file a command: arguments in, exit status out. 0 is fine, 1 diagnostics, 2 the world or usage.

pub mod answers;
pub mod build;
pub mod check;
pub mod completions;
pub mod diff;
pub mod due;
pub mod explain;
pub mod files;
pub mod follow;
pub mod habit;
pub mod init;
pub mod leaf;
pub mod list;
pub mod man;
pub mod messages;
pub mod new;
pub mod scalar;
pub mod schema;
pub mod serve;
pub mod site;
pub mod table;
pub mod theme;
pub mod vocabulary;
pub mod watch;

use crate::cli::{Cli, Command};
use anyhow::Result;

/// Everything went well.
pub const FINE: u8 = 0;
/// There are mistakes that an author can mend.
pub const DIAGNOSTICS: u8 = 1;
/// The disk, the arguments, the world.
pub const WORLD: u8 = 2;

/// Runs a command and says how it ended.
pub fn run(cli: Cli) -> Result<u8> {
    match cli.command {
        Command::Build(arguments) => build::run(&arguments),
        Command::Serve(arguments) => serve::run(arguments),
        Command::Watch(arguments) => watch::run(arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
        Command::Man(arguments) => man::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::New(arguments) => new::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::List(arguments) => list::run(&arguments),
        Command::Due(arguments) => due::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Theme(arguments) => theme::run(&arguments),
    }
}
