//! The files below a folder, whatever links it holds: each folder is looked into once.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Deepest folder below the one named.
const MAXIMUM_DEPTH: usize = 16;

/// A file, or what cannot be looked into and why.
pub(super) type Found = Result<PathBuf, (PathBuf, io::Error)>;

/// The files below a folder whose names are wanted, in order of path, and what could not be looked into, which hides
/// none of the others. Hidden files and folders are passed over.
pub(super) fn files(folder: &Path, wanted: &dyn Fn(&str) -> bool) -> Vec<Found> {
    let mut walk = Walk {
        root: folder.canonicalize().unwrap_or_default(),
        wanted,
        seen: BTreeSet::new(),
        found: Vec::new(),
    };
    walk.enter(folder, 0);
    let path = |found: &Found| match found {
        Ok(path) | Err((path, _)) => path.clone(),
    };
    walk.found.sort_by_key(path);
    walk.found
}

struct Walk<'w> {
    /// The folder that was named, without links.
    root: PathBuf,
    wanted: &'w dyn Fn(&str) -> bool,
    /// Folders that were looked into, without links.
    seen: BTreeSet<PathBuf>,
    found: Vec<Found>,
}

impl Walk<'_> {
    fn enter(&mut self, folder: &Path, depth: usize) {
        let listed = folder.canonicalize().and_then(|real| {
            if !self.seen.insert(real) {
                return Ok(Vec::new());
            }
            let entries = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
            entries.collect::<io::Result<Vec<PathBuf>>>()
        });
        match listed {
            Err(error) => self.found.push(Err((folder.to_owned(), error))),
            Ok(mut entries) => {
                // Which of two links to one folder is followed must not hang on the file system.
                entries.sort();
                for entry in entries {
                    self.look(entry, depth);
                }
            }
        }
    }

    fn look(&mut self, path: PathBuf, depth: usize) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') {
            return;
        }
        let wanted = (self.wanted)(&name);
        match fs::metadata(&path) {
            Ok(kind) if kind.is_dir() => self.descend(&path, depth),
            // Pipes and devices are no files that anybody kept.
            Ok(kind) if wanted && kind.is_file() => self.found.push(Ok(path)),
            Err(error) if wanted => self.found.push(Err((path, error))),
            _ => {}
        }
    }

    fn descend(&mut self, folder: &Path, depth: usize) {
        // What a link within the folder leads to is found where it is.
        let known = folder.is_symlink() && self.holds(folder);
        if depth < MAXIMUM_DEPTH && !known {
            self.enter(folder, depth + 1);
        }
    }

    fn holds(&self, link: &Path) -> bool {
        link.canonicalize()
            .is_ok_and(|target| target.starts_with(&self.root))
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::files;
    use std::fs;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_folder_that_links_in_circles_is_looked_into_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        let (inner, outer) = (at("top/inner"), at("outer"));
        for made in [&inner, &outer] {
            fs::create_dir_all(made).expect("a folder");
            fs::write(made.join("x.json"), "{}").expect("a file");
        }
        fs::write(at("top/.hidden.json"), "{}").expect("a file");
        fs::write(at("top/other.txt"), "{}").expect("a file");
        for (target, link) in [
            (".", "top/circle"),
            ("..", "top/inner/up"),
            ("../..", "top/inner/beyond"),
            ("inner", "top/again"),
            ("../outer", "top/outer-1"),
            ("../outer", "top/outer-2"),
            ("nowhere", "top/dead.json"),
            ("dead-2.json", "top/dead-2.json"),
        ] {
            symlink(target, at(link)).expect("a link");
        }
        let found = files(&at("top"), &|name| name.ends_with(".json"));
        let told: Vec<String> = found
            .iter()
            .map(|found| match found {
                Ok(path) => path
                    .strip_prefix(at("top"))
                    .expect("below")
                    .display()
                    .to_string(),
                Err((path, _)) => format!(
                    "! {}",
                    path.strip_prefix(at("top")).expect("below").display()
                ),
            })
            .collect();
        // `beyond` leads to the folder that holds both, from which `outer` is reached first.
        let expected = [
            "! dead-2.json",
            "! dead.json",
            "inner/beyond/outer/x.json",
            "inner/x.json",
        ];
        assert_eq!(told, expected);
    }
}
