//! `dateline man`: the manual, made of the command line's own definition, the same bytes on every run.

use crate::cli;
use crate::command::{FINE, leaf, messages};
use anyhow::{Context, Result};
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use std::io;

/// What every page of ours has in it.
const MARK: &str = "Made by dateline man";

/// The day on which the manual was last gone over. A page has a date, and today's would make other bytes each day.
const DATED: &str = "2026-11-24";

/// What the library writes above each section, since it does not know of the others.
const PREAMBLE: &str = ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n";

/// What stands in a section: a term and what it is.
type Entries = &'static [(&'static str, &'static str)];

const STATUS: Entries = &[
    ("0", "All is well."),
    ("1", "There are mistakes that an author can mend. Nothing was published."),
    ("2", "The disk, the arguments, the world."),
];

const ENVIRONMENT: Entries = &[
    ("SOURCE_DATE_EPOCH", "The moment that counts as now, in seconds since 1970, where --now gives none."),
    ("NO_COLOR", "Where it is set, nothing is coloured."),
    ("CLICOLOR_FORCE", "Where it is set, colours go into pipes and files too."),
    ("DATELINE_COMPLETE", "Set by the scripts of dateline completions when a shell asks for completions."),
];

const FILES: Entries = &[
    ("content/site.yaml", "The settings. The folder that holds content/ is the site's root."),
    ("content/agencies.yaml", "The agencies that may be credited."),
    ("content/topics/, content/briefs/, content/pages/", "The topics, the briefs, the standing pages."),
    ("templates/, static/", "What the site changes of the theme, and files to copy."),
    ("public/", "The output folder, where --out names no other."),
    (".dateline/", "What is out: it belongs in no repository."),
];

/// Runs the command.
pub fn run(arguments: &cli::Man) -> Result<u8> {
    let pages = pages().context("cannot make the manual")?;
    leaf::put(&arguments.folder, &pages, MARK)?;
    for (name, _) in &pages {
        messages::say(&format!("wrote {}", arguments.folder.join(name).display()));
    }
    Ok(FINE)
}

/// The pages of the manual, by their files' names.
pub fn pages() -> io::Result<Vec<leaf::Leaf>> {
    let mut program = cli::Cli::command().disable_help_subcommand(true);
    program.build();
    let mut all = Vec::new();
    with_commands(&program, &mut all);
    all.into_iter().map(page).collect()
}

/// A command, then those below it.
fn with_commands(command: &Command, all: &mut Vec<Command>) {
    all.push(command.clone());
    let shown = command.get_subcommands().filter(|below| !below.is_hide_set());
    shown.for_each(|below| with_commands(below, all));
}

fn page(command: Command) -> io::Result<leaf::Leaf> {
    let name = command.get_display_name().unwrap_or(command.get_name()).to_owned();
    let version = concat!("dateline ", env!("CARGO_PKG_VERSION"));
    let examples = examples(&command);
    let has_commands = command.has_subcommands();
    let man = Man::new(command).title(name.to_uppercase()).date(DATED).source(version).manual("dateline");
    let mut text = format!(".\\\" {MARK}\n").into_bytes();
    man.render_title(&mut text)?;
    man.render_name_section(&mut text)?;
    man.render_synopsis_section(&mut text)?;
    man.render_description_section(&mut text)?;
    man.render_options_section(&mut text)?;
    if has_commands {
        man.render_subcommands_section(&mut text)?;
    }
    sections(&examples).to_writer(&mut text)?;
    Ok((format!("{name}.1"), tidied(&String::from_utf8_lossy(&text))))
}

/// The page without what formatters warn of: a preamble that stands again, a break beside a space, blanks at the
/// end of a line.
fn tidied(page: &str) -> String {
    let (head, rest) = page.split_once(PREAMBLE).unwrap_or(("", page));
    let rest = rest.replace(PREAMBLE, "").replace(".br\n\n.br\n", ".sp\n");
    format!("{head}{PREAMBLE}{rest}").lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

fn sections(examples: &[String]) -> Roff {
    let mut roff = Roff::new();
    for (heading, entries) in [("EXIT STATUS", STATUS), ("ENVIRONMENT", ENVIRONMENT), ("FILES", FILES)] {
        roff.control("SH", [heading]);
        for (term, what) in entries {
            roff.control("TP", []);
            roff.text([bold(*term)]);
            roff.text([roman(*what)]);
        }
    }
    roff.control("SH", ["EXAMPLES"]);
    roff.control("nf", []);
    for example in examples {
        roff.text([roman(example.as_str())]);
    }
    roff.control("fi", []);
    roff
}

/// The command lines that a command's help ends with.
fn examples(command: &Command) -> Vec<String> {
    let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let from = help.find("Example").unwrap_or(help.len());
    help[from..].lines().filter_map(|line| line.find("dateline ").map(|at| line[at..].to_owned())).collect()
}
