//! The text of `forseti.toml`, read to the end: everything that is wrong with it is said at once.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::{BUILD_KEYS, KEYS, Settings};
use crate::emit;
use crate::finding::{Code, Severity};
use crate::inside;
use crate::law::Day;
use crate::render::ReportFormat;
use crate::resolve::suggest;

/// Something wrong in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong, and what to write instead.
    pub message: String,
}

type Key<'t> = Spanned<DeString<'t>>;
type Value<'t> = Spanned<DeValue<'t>>;

pub(super) fn read(text: &str) -> Result<Settings, Vec<Fault>> {
    let mut reader = Reader { settings: Settings::default(), faults: Vec::new() };
    match DeTable::parse(text) {
        Ok(table) => table.get_ref().iter().for_each(|(key, value)| reader.top(key, value)),
        Err(error) => {
            let message = format!("this cannot be read: {}", error.message().lines().collect::<Vec<_>>().join(", "));
            reader.faults.push((error.span().unwrap_or_default(), message));
        }
    }
    if reader.faults.is_empty() {
        return Ok(reader.settings);
    }
    reader.faults.sort_by_key(|(span, _)| span.start);
    Err(reader.faults.into_iter().map(|(span, message)| fault(text, &span, message)).collect())
}

fn fault(text: &str, span: &Range<usize>, message: String) -> Fault {
    let before = text.get(..span.start).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    Fault { line: before.matches('\n').count() + 1, column: line.chars().count() + 1, message }
}

struct Reader {
    settings: Settings,
    faults: Vec<(Range<usize>, String)>,
}

impl Reader {
    fn top(&mut self, key: &Key<'_>, value: &Value<'_>) {
        match key.get_ref().as_ref() {
            "paths" => self.settings.paths = self.paths(key, value),
            "today" => self.today(key, value),
            "fail-on" => self.settings.fail_on = self.severity("fail-on", value),
            "baseline" => self.settings.baseline = self.file(key, value),
            "severity" => self.table(key, value, Reader::weight),
            "outputs" => self.table(key, value, Reader::output),
            "build" => self.table(key, value, Reader::build),
            other => self.unknown(key, "setting", other, KEYS.map(|(name, _)| name).into_iter()),
        }
    }

    fn build(&mut self, key: &Key<'_>, value: &Value<'_>) {
        match key.get_ref().as_ref() {
            "emit" => self.emit(key, value),
            "out" => self.settings.out = self.file(key, value),
            other => self.unknown(key, "setting of `build`", other, BUILD_KEYS.map(|(name, _)| name).into_iter()),
        }
    }

    fn emit(&mut self, key: &Key<'_>, value: &Value<'_>) {
        for name in self.list(key, value).unwrap_or_default() {
            match emit::Format::named(&name) {
                Some(format) => self.settings.emit.push(format),
                None => self.unknown(value, "artifact", &name, emit::Format::ALL.map(emit::Format::name).into_iter()),
            }
        }
    }

    fn weight(&mut self, key: &Key<'_>, value: &Value<'_>) {
        let name = key.get_ref().as_ref();
        let Some(code) = Code::named(name) else {
            let near = suggest(name, Code::ALL.iter().map(|code| code.name()));
            let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            self.wrong(key, format!("there is no kind of finding `{name}`{near}; `forseti explain --all` lists them"));
            return;
        };
        let Some(severity) = self.severity(name, value) else { return };
        if severity < code.highest() {
            let most = code.highest().word();
            self.wrong(value, format!(
                "`{name}` cannot be more than {most}: it depends on the day or on excuses, and no answer may change overnight"
            ));
        } else if severity > code.lowest() {
            let least = code.lowest().word();
            self.wrong(value, format!("`{name}` cannot be less than {least}: it is of a kind that cannot be excused"));
        } else if self.settings.severities.insert(code, severity).is_some() {
            self.wrong(key, format!("`{}` is set twice, by its number and by its name", code.name()));
        }
    }

    fn output(&mut self, key: &Key<'_>, value: &Value<'_>) {
        let name = key.get_ref().as_ref();
        let Some(format) = ReportFormat::named(name) else {
            return self.unknown(key, "format", name, ReportFormat::ALL.map(|(_, name, _)| name).into_iter());
        };
        if let Some(file) = self.file(key, value) {
            if self.settings.outputs.values().any(|other| *other == file) {
                self.wrong(value, format!("two reports would be written to `{file}`"));
            }
            self.settings.outputs.insert(format, file);
        }
    }

    fn today(&mut self, key: &Key<'_>, value: &Value<'_>) {
        let written = match value.get_ref() {
            DeValue::Datetime(moment) => moment.to_string(),
            DeValue::String(text) => text.to_string(),
            _ => String::new(),
        };
        self.settings.today = Day::parse(&written);
        if self.settings.today.is_none() {
            self.wrong(value, format!("`{}` is a day of the calendar, such as 2026-11-24", key.get_ref()));
        }
    }

    fn severity(&mut self, name: &str, value: &Value<'_>) -> Option<Severity> {
        let severity = value.get_ref().as_str().and_then(Severity::named);
        if severity.is_none() {
            self.wrong(value, format!("`{name}` is \"error\", \"warning\" or \"note\""));
        }
        severity
    }

    fn paths(&mut self, key: &Key<'_>, value: &Value<'_>) -> Option<Vec<String>> {
        let paths = self.list(key, value)?;
        let kept: Vec<String> = paths.iter().filter(|path| self.leads_below(path, value)).cloned().collect();
        (kept.len() == paths.len()).then_some(kept)
    }

    /// Whoever wrote the settings may be a stranger to the machine on which they are read.
    fn leads_below<T>(&mut self, name: &str, at: &Spanned<T>) -> bool {
        let fault = inside::fault(name);
        if let Some(why) = fault {
            self.wrong(at, format!(
                "`{name}` is no place below the folder of this file: {why}; write one that is, or name the place in the call"
            ));
        }
        fault.is_none()
    }

    /// A file or folder that is written.
    fn file(&mut self, key: &Key<'_>, value: &Value<'_>) -> Option<String> {
        let text = value.get_ref().as_str().filter(|text| !text.is_empty());
        if text.is_none() {
            self.wrong(value, format!("`{}` is the name of a file or folder, in quotation marks", key.get_ref()));
        }
        let name = text.filter(|name| self.leads_below(name, value))?;
        if inside::is_hidden(name) {
            self.wrong(value, format!(
                "`{name}` is hidden, as a part of it begins with a dot: tools run and read what lies there, and nothing is written to it \
                 from settings; write another name, or name the place in the call"
            ));
            return None;
        }
        Some(name.to_owned())
    }

    fn list(&mut self, key: &Key<'_>, value: &Value<'_>) -> Option<Vec<String>> {
        let texts = |list: &[Value<'_>]| -> Option<Vec<String>> {
            let text = |item: &Value<'_>| item.get_ref().as_str().filter(|text| !text.is_empty()).map(str::to_owned);
            list.iter().map(text).collect()
        };
        let list = value.get_ref().as_array().and_then(|list| texts(list)).filter(|list| !list.is_empty());
        if list.is_none() {
            self.wrong(
                value,
                format!("`{}` is a list of one or more words in quotation marks, such as [\"rules\"]", key.get_ref()),
            );
        }
        list
    }

    fn table(&mut self, key: &Key<'_>, value: &Value<'_>, mut entry: impl FnMut(&mut Reader, &Key<'_>, &Value<'_>)) {
        match value.get_ref() {
            DeValue::Table(table) => table.iter().for_each(|(key, value)| entry(self, key, value)),
            _ => self.wrong(
                value,
                format!("`{0}` holds several settings: write [{0}] and each on a line below it", key.get_ref()),
            ),
        }
    }

    fn unknown<T>(
        &mut self,
        at: &Spanned<T>,
        what: &str,
        name: &str,
        names: impl Iterator<Item = &'static str> + Clone,
    ) {
        let near = suggest(name, names.clone()).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        self.wrong(
            at,
            format!("there is no {what} `{name}`{near}; there are {}", names.collect::<Vec<_>>().join(", ")),
        );
    }

    fn wrong<T>(&mut self, at: &Spanned<T>, message: String) {
        self.faults.push((at.span(), message));
    }
}

#[cfg(test)]
mod tests {
    use super::{Settings, read};
    use crate::emit;
    use crate::finding::{Code, Severity};
    use crate::law::Day;
    use crate::render::ReportFormat;

    #[test]
    fn every_setting_is_read() {
        let text = r#"
            paths = ["rules", "more.rules"]
            today = 2026-11-24
            fail-on = "error"
            baseline = "old.json"
            [severity]
            F0205 = "error"
            gap = "note"
            [outputs]
            sarif = "reports/check.sarif"
            [build]
            emit = ["json", "rust"]
            out = "dist"
        "#;
        let expected = Settings {
            paths: Some(vec!["rules".to_owned(), "more.rules".to_owned()]),
            today: Day::parse("2026-11-24"),
            fail_on: Some(Severity::Error),
            baseline: Some("old.json".to_owned()),
            severities: [(Code::UnusedName, Severity::Error), (Code::Gap, Severity::Note)].into(),
            outputs: [(ReportFormat::Sarif, "reports/check.sarif".to_owned())].into(),
            emit: vec![emit::Format::Json, emit::Format::Rust],
            out: Some("dist".to_owned()),
        };
        assert_eq!(read(text), Ok(expected.clone()));
        assert_eq!(expected.lowered().collect::<Vec<_>>(), [(Code::Gap, Severity::Note)]);
        assert_eq!(read(""), Ok(Settings::default()));
        assert_eq!(read("today = \"2026-11-24\"").map(|settings| settings.today), Ok(Day::parse("2026-11-24")));
    }
}
