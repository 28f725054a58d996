//! JSON pointers (RFC 6901).

/// The pointer of the member `key` of the value at `parent`.
pub fn member(parent: &str, key: &str) -> String {
    format!("{parent}/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// The pointer of the element `index` of the array at `parent`.
pub fn element(parent: &str, index: usize) -> String {
    format!("{parent}/{index}")
}

/// The keys and indices of a pointer, unescaped.
pub fn steps(pointer: &str) -> impl Iterator<Item = String> + '_ {
    pointer
        .split('/')
        .skip(1)
        .map(|step| step.replace("~1", "/").replace("~0", "~"))
}

/// The pointer of the enclosing value and the last step, none for the whole document.
pub fn split_last(pointer: &str) -> Option<(&str, String)> {
    let (parent, last) = pointer.rsplit_once('/')?;
    Some((parent, last.replace("~1", "/").replace("~0", "~")))
}

#[cfg(test)]
mod tests {
    use super::{member, split_last, steps};

    #[test]
    fn keys_survive_escaping() {
        let pointer = member(&member("", "a/b"), "c~1");
        assert_eq!(pointer, "/a~1b/c~01");
        assert_eq!(steps(&pointer).collect::<Vec<_>>(), ["a/b", "c~1"]);
        assert_eq!(split_last(&pointer), Some(("/a~1b", "c~1".to_owned())));
        assert_eq!(split_last(""), None);
        assert_eq!(steps("").count(), 0);
    }
}
