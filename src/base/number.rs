//! Numbers as a language writes them: its digits, and how they stand in groups. Which language writes how is in
//! the theme's strings.

/// How numbers are written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Numbers {
    /// The digits from 0 to 9.
    pub digits: Vec<char>,
    /// What stands between groups.
    pub mark: String,
    /// The least number that is grouped.
    pub from: u64,
    /// How many digits the last group has.
    pub first: usize,
    /// How many digits those before it have.
    pub then: usize,
}

impl Default for Numbers {
    /// `37,475`.
    fn default() -> Numbers {
        Numbers { digits: ('0'..='9').collect(), mark: ",".to_owned(), from: 1000, first: 3, then: 3 }
    }
}

impl Numbers {
    /// A number in groups: `1,234,567`, `12,34,567`, `1234`.
    pub fn grouped(&self, number: i64) -> String {
        let plain = number.unsigned_abs().to_string();
        let grouped = number.unsigned_abs() >= self.from;
        let mut made = String::with_capacity(plain.len() * 2);
        if number < 0 {
            made.push('-');
        }
        for (at, digit) in plain.chars().enumerate() {
            if at > 0 && grouped && self.begins_a_group(plain.len() - at) {
                made.push_str(&self.mark);
            }
            made.push(self.digit(digit));
        }
        made
    }

    /// A text with its digits in those of the language.
    pub fn digits(&self, text: &str) -> String {
        text.chars().map(|letter| self.digit(letter)).collect()
    }

    fn begins_a_group(&self, left: usize) -> bool {
        left == self.first || left > self.first && (left - self.first).is_multiple_of(self.then)
    }

    fn digit(&self, letter: char) -> char {
        let own = letter.to_digit(10).and_then(|value| self.digits.get(value as usize));
        own.copied().unwrap_or(letter)
    }
}

/// Adds a number to a text, in the digits that programs read.
pub fn push(text: &mut String, number: u32) {
    if number >= 10 {
        push(text, number / 10);
    }
    text.push(char::from(b'0' + (number % 10) as u8));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_added_as_it_is_written() {
        for number in [0, 9, 10, 109, 1000, u32::MAX] {
            let mut text = "v".to_owned();
            push(&mut text, number);
            assert_eq!(text, format!("v{number}"));
        }
    }

    #[test]
    fn numbers_are_grouped_as_the_language_does() {
        let western = Numbers::default();
        assert_eq!(
            [0, 12, 999, 1000, 37475, -1234567].map(|number| western.grouped(number)),
            ["0", "12", "999", "1,000", "37,475", "-1,234,567"]
        );
        let bengali = Numbers {
            digits: "০১২৩৪৫৬৭৮৯".chars().collect(), then: 2, ..Numbers::default()
        };
        assert_eq!([999, 1234567].map(|number| bengali.grouped(number)), ["৯৯৯", "১২,৩৪,৫৬৭"]);
        let spanish = Numbers { mark: ".".to_owned(), from: 10000, ..Numbers::default() };
        assert_eq!([1234, 12345].map(|number| spanish.grouped(number)), ["1234", "12.345"]);
    }
}
