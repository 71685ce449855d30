//! The filters that templates have beside Tera's own.

use tera::{Kwargs, State, Tera, TeraResult};

/// Registers every filter. It must be done before templates are added.
pub fn register(tera: &mut Tera) {
    tera.register_filter("plural", plural);
}

/// `{{ n | plural(one="{n} brief", other="{n} briefs") }}`: the form for a number, with the number in it.
fn plural(number: i64, kwargs: Kwargs, _: &State) -> TeraResult<String> {
    let (one, other): (&str, &str) = (kwargs.must_get("one")?, kwargs.must_get("other")?);
    let form = if number == 1 { one } else { other };
    Ok(form.replace("{n}", &grouped(number)))
}

/// A number in groups of three: `37,475`.
fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut made = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        made.push('-');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            made.push(',');
        }
        made.push(digit);
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!(
            [0, 12, 999, 1000, 37475, -1234567].map(grouped),
            ["0", "12", "999", "1,000", "37,475", "-1,234,567"]
        );
    }
}
