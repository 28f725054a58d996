//! The nearest names to one that is not known, for the message that refuses it.

/// Number of single-letter insertions, deletions and replacements between two names, letter case
/// ignored (Levenshtein distance).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.to_lowercase().chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, right) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(left != *right);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

/// Up to three of `names` that a reader may have meant, nearest first, equal ones in the order given.
#[must_use]
pub fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let allowed = (name.chars().count() / 2).max(2);
    let mut ranked: Vec<(usize, &str)> = names
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(edits, _)| *edits <= allowed)
        .collect();
    ranked.sort_by_key(|(edits, _)| *edits);
    ranked
        .into_iter()
        .take(3)
        .map(|(_, candidate)| candidate.to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted() {
        assert_eq!(distance("N42UH", "N42UH"), 0);
        assert_eq!(distance("n42uh", "N42UH"), 0);
        assert_eq!(distance("N42U", "N42UH"), 1);
        assert_eq!(distance("", "abc"), 3);
    }

    #[test]
    fn the_nearest_come_first_and_the_far_ones_not_at_all() {
        let names = ["N35", "N42SH", "N42UH", "Recoma-33E"];
        assert_eq!(nearest("N42UHH", names.into_iter())[0], "N42UH");
        assert!(nearest("zzzzzzzzzzzzzzzzz", names.into_iter()).is_empty());
    }
}
