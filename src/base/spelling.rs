//! The nearest spelling of a word among known ones, for the help line of a diagnostic.

/// The known word that is most like `word`, if any is like enough to be offered.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = word.to_lowercase();
    known
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(&wanted, &candidate.to_lowercase()), candidate))
        .filter(|(likeness, _)| *likeness >= 0.77)
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))
        .map(|(_, candidate)| candidate)
}

/// `did you mean …?` for the nearest known word, else `otherwise`.
pub fn offer<'a>(word: &str, known: impl IntoIterator<Item = &'a str>, otherwise: &str) -> String {
    match nearest(word, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => otherwise.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offers_the_nearest_word_only_when_it_is_near() {
        let known = ["syria", "ukraine", "north-korea"];
        assert_eq!(nearest("Syira", known), Some("syria"));
        assert_eq!(nearest("ukrane", known), Some("ukraine"));
        assert_eq!(nearest("economy", known), None);
    }
}
