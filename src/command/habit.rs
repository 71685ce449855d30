//! Where a desk keeps the files of its briefs, learnt from those there are.

use crate::base::date::Day;
use crate::base::slug;
use crate::read::brief::{self, Brief};

/// How many of the newest briefs are asked.
pub const NEWEST: usize = 50;

/// How a desk names the files of its briefs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Habit {
    folders: Vec<Piece>,
    /// What stands between a date and the slug, where names begin with a date.
    dated: Option<char>,
}

/// What a folder is named by.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Piece {
    Year,
    YearAndMonth,
    Month,
    Day,
    /// The primary topic's slug.
    Topic,
    Word(String),
}

impl Habit {
    /// The habit of most of these briefs, each with the slug of its primary topic; they are the newest, newest
    /// first, and of two habits that are as common the newer wins. Without any, folders are years and months.
    pub fn of(newest: &[(&Brief, String)]) -> Habit {
        let mut counted: Vec<(Habit, usize)> = Vec::new();
        for habit in newest.iter().filter_map(|(brief, topic)| habit(brief, topic)) {
            match counted.iter_mut().find(|(known, _)| *known == habit) {
                Some((_, count)) => *count += 1,
                None => counted.push((habit, 1)),
            }
        }
        let most = counted.into_iter().rev().max_by_key(|(_, count)| *count);
        most.map_or(Habit { folders: vec![Piece::Year, Piece::Month], dated: None }, |(habit, _)| habit)
    }

    /// The path of a brief below `briefs/`, without its ending.
    pub fn path(&self, day: Day, topic: &str, slug: &str) -> String {
        let mut path: String = self.folders.iter().map(|folder| folder.name(day, topic) + "/").collect();
        if let Some(sign) = self.dated {
            path += &format!("{day}{sign}");
        }
        path + slug
    }
}

impl Piece {
    fn name(&self, day: Day, topic: &str) -> String {
        match self {
            Piece::Year => format!("{:04}", day.year),
            Piece::YearAndMonth => format!("{:04}-{:02}", day.year, day.month),
            Piece::Month => format!("{:02}", day.month),
            Piece::Day => format!("{:02}", day.day),
            Piece::Topic => topic.to_owned(),
            Piece::Word(word) => word.clone(),
        }
    }
}

/// How a brief's file is named; `None` where it lies in a folder of another date.
fn habit(brief: &Brief, topic: &str) -> Option<Habit> {
    let path = brief.file.strip_prefix(brief::FOLDER)?;
    let day = brief.date.day;
    let mut folders = Vec::new();
    for part in slug::folder(path).split('/').filter(|part| !part.is_empty()) {
        let pieces = [Piece::Year, Piece::YearAndMonth, Piece::Month, Piece::Day, Piece::Topic];
        let fits = |piece: &Piece| !folders.contains(piece) && piece.name(day, topic) == part;
        let number = part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        let word = (!number).then(|| Piece::Word(part.to_owned()));
        folders.push(pieces.into_iter().find(fits).or(word)?);
    }
    let rest = slug::file_name(path).strip_prefix(&day.to_string());
    let dated = rest.and_then(|rest| rest.chars().next()).filter(|sign| matches!(sign, '-' | '_'));
    Some(Habit { folders, dated })
}
