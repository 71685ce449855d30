//! A table of text for a terminal: as wide as it is, or with whole lines where it is piped. It knows nothing of what
//! its cells mean.

use crate::base::show;
use terminal_size::{Width, terminal_size_of};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What stands between two columns.
const GAP: &str = "  ";

/// The part of a line that a column between the first two and the last may take, as 1 in so many.
const SHARE: usize = 5;

/// The least that a column is cut to.
const NARROWEST: usize = 8;

/// How many columns the terminal on standard output has; `None` where it is no terminal.
pub fn terminal() -> Option<usize> {
    terminal_size_of(std::io::stdout()).map(|(Width(width), _)| usize::from(width))
}

/// The lines of a table. The first two columns are short; those after them are cut to their share of `width`, and the
/// last takes what is left.
pub fn table<const N: usize>(rows: &[[String; N]], width: Option<usize>) -> Vec<String> {
    let shown: Vec<[String; N]> =
        rows.iter().map(|row| row.each_ref().map(|cell| show::visible(cell))).collect();
    let widest = |column: usize| shown.iter().map(|row| row[column].width()).max().unwrap_or_default();
    let mut widths: [usize; N] = std::array::from_fn(widest);
    if let Some(width) = width {
        let between = N.saturating_sub(1);
        widths[..between]
            .iter_mut()
            .skip(2)
            .for_each(|own| *own = (*own).min((width / SHARE).max(NARROWEST)));
    }
    shown.iter().map(|row| line(row, &widths, width)).collect()
}

fn line<const N: usize>(row: &[String; N], widths: &[usize; N], width: Option<usize>) -> String {
    let mut line = String::new();
    for (at, cell) in row.iter().enumerate() {
        if at + 1 == N {
            line += cell;
            break;
        }
        let cell = cut(cell, widths[at]);
        line += &cell;
        line += &" ".repeat(widths[at] - cell.width());
        line += GAP;
    }
    let line = line.trim_end();
    width.map_or_else(|| line.to_owned(), |width| cut(line, width))
}

/// A text of at most so many columns; where it is cut, it ends in `…`.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut taken = String::new();
    let mut columns = 1;
    for letter in text.chars() {
        columns += letter.width().unwrap_or_default();
        if columns > width {
            break;
        }
        taken.push(letter);
    }
    taken.trim_end().to_owned() + if width > 0 { "…" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<[String; 4]> {
        let row = |cells: [&str; 4]| cells.map(str::to_owned);
        vec![
            row(["2017-11-22", "draft", "Syria, Ukraine, North Korea", "A headline that is a little longer"]),
            row(["2017-11-21", "published", "북한", "북한, 탄도미사일 발사"]),
            row(["2017-11-20", "expired", "", "\u{1b}[31mred\u{202e}"]),
        ]
    }

    #[test]
    fn whole_lines_where_there_is_no_terminal() {
        let lines = table(&rows(), None);
        assert_eq!(
            lines,
            [
                "2017-11-22  draft      Syria, Ukraine, North Korea  A headline that is a little longer",
                "2017-11-21  published  북한                         북한, 탄도미사일 발사",
                "2017-11-20  expired                                 ?[31mred\u{fffd}",
            ]
        );
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        assert_eq!(
            table(&rows(), Some(60)),
            [
                "2017-11-22  draft      Syria, Ukra…  A headline that is a l…",
                "2017-11-21  published  북한          북한, 탄도미사일 발사",
                "2017-11-20  expired                  ?[31mred\u{fffd}",
            ]
        );
        for width in 0..90 {
            let lines = table(&rows(), Some(width));
            assert!(lines.iter().all(|line| line.width() <= width), "{width}: {lines:?}");
        }
    }
}
