//! Where something stands, said so that it does not depend on where the folder of the law lies or how it was named.

use serde::Serialize;

use crate::source::{Sources, Span};

/// The first character of something in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct At {
    file: String,
    line: usize,
    column: usize,
}

/// The names by which artifacts call the files.
#[derive(Clone, Debug)]
pub(crate) struct Places<'s> {
    sources: &'s Sources,
    names: Vec<String>,
}

impl<'s> Places<'s> {
    /// Files are called by their way from the deepest folder that holds them all; where there is none that can be read
    /// off the paths, by their bare names.
    pub(crate) fn new(sources: &'s Sources) -> Places<'s> {
        let paths: Vec<Vec<&str>> = sources.iter().map(|(_, file)| parts(&file.path)).collect();
        let shared = shared_folders(&paths);
        let relative: Vec<&[&str]> = paths.iter().map(|path| path.get(shared..).unwrap_or_default()).collect();
        let stray = relative.iter().any(|path| path.first().is_none_or(|first| matches!(*first, "" | "..")));
        let names = relative.iter().zip(&paths).map(|(inside, path)| {
            if stray { path.last().map_or(String::new(), |name| (*name).to_owned()) } else { inside.join("/") }
        });
        Places { sources, names: names.collect() }
    }

    /// The files with their names, in the order in which they were read.
    pub(crate) fn files(&self, sources: &'s Sources) -> impl Iterator<Item = (&str, &'s str)> {
        self.names.iter().zip(sources.iter()).map(|(name, (_, file))| (name.as_str(), file.text.as_str()))
    }

    /// Where a span begins.
    pub(crate) fn at(&self, span: Span) -> At {
        let (line, column) = self.sources.file(span.file).line_column(span.start);
        let file = self.names.get(span.file.0 as usize).cloned().unwrap_or_default();
        At { file, line, column }
    }
}

/// The folders and the name of a path; an absolute one begins with an empty part.
fn parts(path: &str) -> Vec<&str> {
    path.split(['/', '\\'])
        .enumerate()
        .filter(|(at, part)| *part != "." && (*at == 0 || !part.is_empty()))
        .map(|(_, part)| part)
        .collect()
}

/// How many leading folders all paths share.
fn shared_folders(paths: &[Vec<&str>]) -> usize {
    let Some((first, others)) = paths.split_first() else { return 0 };
    let folders = first.len().saturating_sub(1);
    (0..folders).take_while(|&at| others.iter().all(|other| at + 1 < other.len() && other[at] == first[at])).count()
}

#[cfg(test)]
mod tests {
    use super::Places;
    use crate::source::{SourceFile, Sources};

    fn names(paths: &[&str]) -> Vec<String> {
        let mut sources = Sources::default();
        for path in paths {
            sources.add(SourceFile::new(*path, ""));
        }
        Places::new(&sources).names
    }

    #[test]
    fn files_are_called_alike_however_the_folder_is_named() {
        let wanted = ["a.rules", "nordic/b.rules"];
        for folder in ["rules/", "./rules/", "/home/somebody/rules/", "../rules/", ""] {
            assert_eq!(names(&[&format!("{folder}a.rules"), &format!("{folder}nordic/b.rules")]), wanted, "{folder}");
        }
    }

    #[test]
    fn no_folder_of_the_machine_is_shown() {
        assert_eq!(names(&["/home/somebody/a.rules"]), ["a.rules"]);
        assert_eq!(names(&["/home/somebody/a.rules", "b/c.rules"]), ["a.rules", "c.rules"]);
        assert_eq!(names(&["../a.rules", "b/c.rules"]), ["a.rules", "c.rules"]);
    }
}
