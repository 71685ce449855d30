//! `dateline completions`: the scripts of shells, and the answers to them. A script asks the program itself what a
//! word may become, by a variable of the environment, so that all shells complete the same, a site's own topics
//! and agencies too. It reads no brief.

use crate::base::codes;
use crate::base::report::Report;
use crate::base::slug;
use crate::cli;
use crate::command::{FINE, messages, site};
use crate::plan::Page;
use crate::press::stock;
use crate::read::choices::{self, Choices, Term, Vocabulary};
use anyhow::{Context, Result, anyhow};
use clap::{Arg, Command, CommandFactory};
use clap_complete::CompleteEnv;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate, PathCompleter, ValueCompleter};
use clap_complete::env::{Bash, EnvCompleter, Fish, Powershell, Shells, Zsh};
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

/// By this variable a script tells that it asks, and for which shell.
const ASKED: &str = "DATELINE_COMPLETE";

/// The shells that ask.
const SHELLS: [&dyn EnvCompleter; 4] = [&Bash, &Zsh, &Fish, &Powershell];

/// Runs the command.
pub fn run(arguments: &cli::Completions) -> Result<u8> {
    let mut script = Vec::new();
    let name = "dateline";
    completer(arguments.shell)
        .write_registration(ASKED, name, name, name, &mut script)
        .context("cannot make the script")?;
    messages::give(&String::from_utf8_lossy(&script));
    Ok(FINE)
}

fn completer(shell: cli::Shell) -> &'static dyn EnvCompleter {
    match shell {
        cli::Shell::Bash => &Bash,
        cli::Shell::Zsh => &Zsh,
        cli::Shell::Fish => &Fish,
        cli::Shell::PowerShell => &Powershell,
    }
}

/// Answers a script where one asks, and says whether it did.
pub fn answer() -> Result<bool> {
    #[expect(clippy::disallowed_methods, reason = "a path on the line is completed from the current folder")]
    let here = std::env::current_dir().ok();
    let words: Vec<OsString> = std::env::args_os().collect();
    let root = root_on(&words);
    let asked = CompleteEnv::with_factory(|| with_values(cli::Cli::command(), root.as_ref()));
    let answered = asked.var(ASKED).shells(Shells(&SHELLS)).try_complete(words, here.as_deref());
    answered.map_err(|error| anyhow!("{}", error.to_string().trim_start_matches("error: ").trim()))
}

/// The root that the line names so far.
fn root_on(words: &[OsString]) -> Option<PathBuf> {
    let after = words.iter().position(|word| word == "--root").and_then(|at| words.get(at + 1));
    let joined = || words.iter().find_map(|word| word.to_str()?.strip_prefix("--root=")).map(PathBuf::from);
    after.map(PathBuf::from).or_else(joined)
}

/// A command and those below it, with the values of what only a site or the program itself knows: of `--topic` and
/// `--agency` wherever they are, of what can be explained, and of the files of the theme. The site is that of `root`, or of this folder.
pub fn with_values(command: Command, root: Option<&PathBuf>) -> Command {
    let root = root.cloned();
    let with_root = root.clone();
    command
        .mut_subcommands(move |below| with_values(below, root.as_ref()))
        .mut_args(move |argument| with_value(argument, with_root.clone()))
}

fn with_value(argument: Arg, root: Option<PathBuf>) -> Arg {
    match argument.get_long().unwrap_or(argument.get_id().as_str()) {
        "topic" => argument.add(terms(root, |choices| choices.topics)),
        "agency" => argument.add(terms(root, |choices| choices.agencies)),
        "what" => argument.add(ArgValueCompleter::new(codes_or_files)),
        "theme_file" => argument.add(ArgValueCompleter::new(theme_files)),
        "layout" => argument.add(ArgValueCompleter::new(layouts)),
        _ => argument,
    }
}

/// The slugs of a vocabulary: unlike names they need no quotes in any shell. The names are shown beside them.
fn terms(root: Option<PathBuf>, of: fn(Choices) -> Vocabulary) -> ArgValueCompleter {
    ArgValueCompleter::new(move |begun: &OsStr| {
        let vocabulary = choices_at(root.clone()).map(of).unwrap_or_default();
        let terms = vocabulary.terms.into_iter();
        let fitting = terms.filter(|term| slug::is_slug(&term.slug) && begins(&term.slug, begun));
        fitting.map(candidate).collect()
    })
}

/// What a shell shows of a term: nothing that a terminal would obey.
fn candidate(term: Term) -> CompletionCandidate {
    let name: String = term.name.chars().filter(|letter| !letter.is_control()).collect();
    CompletionCandidate::new(term.slug).help(Some(name.into()))
}

/// What a site gives to choose from; a shell has no use for what is wrong with it.
fn choices_at(root: Option<PathBuf>) -> Option<Choices> {
    let root = site::root(root.as_deref()).ok()??;
    let sources = choices::look(&root).ok()?;
    Some(choices::choices(&sources, &mut Report::default()))
}

fn codes_or_files(begun: &OsStr) -> Vec<CompletionCandidate> {
    let codes = codes::ALL.iter().map(|code| code.name()).filter(|name| begins(name, begun));
    let codes = codes.map(CompletionCandidate::new);
    codes.chain(PathCompleter::any().complete(begun)).collect()
}

fn theme_files(begun: &OsStr) -> Vec<CompletionCandidate> {
    let items = stock::items().into_iter().filter(|item| begins(&item.name, begun));
    items.map(|item| CompletionCandidate::new(&item.name).help(Some(item.about().into()))).collect()
}

fn layouts(begun: &OsStr) -> Vec<CompletionCandidate> {
    let layouts = Page::LAYOUTS.into_iter().filter(|layout| begins(layout, begun));
    layouts.map(CompletionCandidate::new).collect()
}

fn begins(word: &str, begun: &OsStr) -> bool {
    begun.to_str().is_some_and(|begun| word.starts_with(begun))
}
