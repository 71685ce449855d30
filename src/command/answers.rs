//! What a new site is made with: as the arguments say, else as someone at a terminal answers, else what will do.

use crate::base::slug;
use crate::cli;
use crate::command::scalar;
use crate::read::settings;
use anyhow::{Context, Result, bail};
use std::io::{BufRead, IsTerminal, Write};

/// What a new site is made with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answers {
    /// The site's name.
    pub title: String,
    /// Where it will be published.
    pub base_url: String,
    /// The names of its topics, at least one.
    pub topics: Vec<String>,
    /// The names of its agencies, at least one.
    pub agencies: Vec<String>,
}

/// Something that is asked: its flag, its words, what will do, and what is made of the answer.
struct Question<T> {
    flag: &'static str,
    words: &'static str,
    otherwise: &'static str,
    read: fn(&str) -> Result<T>,
}

const TITLE: Question<String> =
    Question { flag: "--title", words: "The site's name", otherwise: "World in Brief", read: title };

const BASE_URL: Question<String> = Question {
    flag: "--base-url",
    words: "Where it will be published",
    otherwise: "https://example.org/",
    read: base_url,
};

const TOPICS: Question<Vec<String>> = Question {
    flag: "--topics",
    words: "What its briefs are about, separated by commas",
    otherwise: "Syria, Ukraine, North Korea",
    read: names,
};

const AGENCIES: Question<Vec<String>> = Question {
    flag: "--agencies",
    words: "The agencies that may be credited, separated by commas",
    otherwise: "AFP, AP, dpa, Reuters",
    read: names,
};

/// The answers of arguments; the rest is asked where both ends are a terminal.
pub fn answers(arguments: &cli::Init) -> Result<Answers> {
    let (input, output) = (std::io::stdin(), std::io::stdout());
    if input.is_terminal() && output.is_terminal() {
        return all(arguments, Some((&mut input.lock(), &mut output.lock())));
    }
    all(arguments, None)
}

/// Someone who answers: where lines come from, and where questions go.
type Person<'a> = Option<(&'a mut dyn BufRead, &'a mut dyn Write)>;

fn all(arguments: &cli::Init, mut person: Person<'_>) -> Result<Answers> {
    Ok(Answers {
        title: one(&TITLE, arguments.title.as_deref(), &mut person)?,
        base_url: one(&BASE_URL, arguments.base_url.as_deref(), &mut person)?,
        topics: one(&TOPICS, arguments.topics.as_deref(), &mut person)?,
        agencies: one(&AGENCIES, arguments.agencies.as_deref(), &mut person)?,
    })
}

/// One answer. A person is asked again until it will do; a line that is empty, or the end of the input, takes what
/// was offered.
fn one<T>(question: &Question<T>, given: Option<&str>, person: &mut Person<'_>) -> Result<T> {
    if let Some(given) = given {
        return (question.read)(given).context(question.flag);
    }
    let Some((input, output)) = person else { return (question.read)(question.otherwise) };
    loop {
        write!(output, "{} [{}]: ", question.words, question.otherwise)?;
        output.flush()?;
        let mut line = String::new();
        input.read_line(&mut line).context("cannot read the answer")?;
        let answer = if line.trim().is_empty() { question.otherwise } else { line.trim() };
        match (question.read)(answer) {
            Ok(answer) => return Ok(answer),
            Err(error) => writeln!(output, "{error:#}")?,
        }
    }
}

fn title(written: &str) -> Result<String> {
    if let Some(why) = scalar::not_one_line(written) {
        bail!("the text {why}");
    }
    Ok(written.trim().to_owned())
}

fn base_url(written: &str) -> Result<String> {
    match settings::base_url_mistake(written.trim()) {
        Some(mistake) => bail!("{mistake}"),
        None => Ok(written.trim().to_owned()),
    }
}

/// Names separated by commas, each of which has an address of its own.
fn names(written: &str) -> Result<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    for name in written.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        let slug = slug::slug(&title(name)?);
        if slug.is_empty() {
            bail!("no address can be made of `{name}`");
        }
        if let Some(other) = names.iter().find(|other| slug::slug(other) == slug) {
            bail!("`{other}` and `{name}` would have the same address, `{slug}`");
        }
        names.push(name.to_owned());
    }
    if names.is_empty() {
        bail!("at least one name is wanted");
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    /// The answers to a command line, and what was asked.
    fn asked(line: &str, typed: &str) -> (Result<Answers>, String) {
        let words = shell_words::split(line).expect("words");
        let cli::Command::Init(arguments) = cli::Cli::parse_from(words).command else { panic!("{line}") };
        let (mut input, mut output) = (typed.as_bytes(), Vec::new());
        let answers = all(&arguments, Some((&mut input, &mut output)));
        (answers, String::from_utf8(output).expect("text"))
    }

    #[test]
    fn what_is_not_given_is_asked_until_it_will_do() {
        let typed = "Desk: the site\nftp://desk\nhttps://desk.example/\n\n!!, AP\nAP, ap\nAP, Reuters\n";
        let (answers, asked) = asked("dateline init", typed);
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let expected = Answers {
            title: "Desk: the site".to_owned(),
            base_url: "https://desk.example/".to_owned(),
            topics: names(&["Syria", "Ukraine", "North Korea"]),
            agencies: names(&["AP", "Reuters"]),
        };
        assert_eq!(answers.expect("answers"), expected);
        assert_eq!(
            asked,
            "The site's name [World in Brief]: \
             Where it will be published [https://example.org/]: \
             `ftp://desk` is not an address that a site can have: it begins with neither `https://` nor `http://`; write `https://host/folder/`\n\
             Where it will be published [https://example.org/]: \
             What its briefs are about, separated by commas [Syria, Ukraine, North Korea]: \
             The agencies that may be credited, separated by commas [AFP, AP, dpa, Reuters]: \
             no address can be made of `!!`\n\
             The agencies that may be credited, separated by commas [AFP, AP, dpa, Reuters]: \
             `AP` and `ap` would have the same address, `ap`\n\
             The agencies that may be credited, separated by commas [AFP, AP, dpa, Reuters]: "
        );
    }

    #[test]
    fn what_is_given_is_not_asked() {
        let line = "dateline init --title Desk --base-url https://a.example --topics ' a ,, b' --agencies x";
        let (answers, asked) = asked(line, "");
        assert_eq!(
            (answers.expect("answers").topics, asked),
            (vec!["a".to_owned(), "b".to_owned()], String::new())
        );
        let (answers, _) = self::asked("dateline init --topics ,", "");
        assert!(answers.is_err());
    }

    #[test]
    fn at_the_end_of_the_input_the_rest_is_taken_as_offered() {
        let (answers, asked) = asked("dateline init", "Desk\n");
        assert_eq!(answers.expect("answers").agencies, ["AFP", "AP", "dpa", "Reuters"]);
        assert_eq!(asked.matches("]: ").count(), 4);
    }
}
