//! Where reports go. Forms for people and JSON Lines are written file by file and nothing of them is kept, so that a
//! thousand files take the memory of a few; forms that need the whole run, as those that list the worst first, keep it.

use super::format::Format;
use super::tally::Tally;
use super::{Check, outcome};
use crate::cli::{Streams, exit, output};
use crate::portfolio::Portfolio;
use crate::report::{self, FileReport, Head};
use crate::standard::Standards;
use std::fs::File;
use std::io::{self, Write};
use std::path::PathBuf;

/// The forms of a run on their way out.
pub(super) enum Delivery {
    /// Every form is written file by file.
    Flow(Vec<Flow>),
    /// The whole run is kept until its end.
    Whole(Vec<FileReport>),
}

/// One form that is written file by file.
pub(super) struct Flow {
    format: Format,
    /// The file, or standard output.
    target: Option<(PathBuf, File)>,
    /// Width of the terminal, for people.
    width: Option<u16>,
    /// Nobody reads any more, or nothing can be written.
    closed: bool,
    code: u8,
}

/// Whether every form of a command can be written file by file.
pub(super) fn flows(command: &Check) -> bool {
    let also = command.also.iter().map(|also| also.format);
    command.csv.is_none() && also.chain([command.format]).all(Format::flows)
}

impl Delivery {
    /// Opens what the command writes to. `head` is what stands before the first file.
    pub(super) fn begin(command: &Check, head: &Head, streams: &mut Streams<'_>) -> Self {
        if !flows(command) {
            return Self::Whole(Vec::new());
        }
        let also = command
            .also
            .iter()
            .map(|also| (also.format, Some(&also.file)));
        let every = also.chain([(command.format, command.output.as_ref())]);
        let mut flows = Vec::new();
        for (format, target) in every {
            let mut flow = Flow {
                format,
                target: None,
                width: streams.width.filter(|_| target.is_none()),
                closed: false,
                code: exit::MEETS_BOTH,
            };
            if let Some(path) = target {
                match File::create(path) {
                    Ok(file) => flow.target = Some((path.clone(), file)),
                    Err(error) => flow.unwritable(&path.to_string_lossy(), &error, streams),
                }
            }
            let text = match format {
                Format::Jsonl => report::lines_head(head),
                _ => Ok(report::human_head(head)),
            };
            flow.put(text, streams);
            flows.push(flow);
        }
        Self::Flow(flows)
    }

    /// Takes what became of a file.
    pub(super) fn take(&mut self, file: FileReport, streams: &mut Streams<'_>) {
        match self {
            Self::Whole(files) => files.push(file),
            Self::Flow(flows) => {
                for flow in flows {
                    let text = match flow.format {
                        Format::Jsonl => report::lines_file(&file),
                        _ => Ok(report::human_file(&file, flow.width)),
                    };
                    flow.put(text, streams);
                }
            }
        }
    }

    /// Ends every form and gives the exit code. What cannot be written hides nothing of the rest.
    pub(super) fn end(
        self,
        command: &Check,
        (head, tally): (Head, &Tally),
        portfolio: Option<Portfolio>,
        standards: &Standards,
        streams: &mut Streams<'_>,
    ) -> u8 {
        let summary = tally.summary(command.require);
        match self {
            Self::Whole(files) => {
                let head = Head {
                    as_of: tally.day(),
                    ..head
                };
                let run = outcome::assemble(head, summary, files, portfolio);
                outcome::deliver(command, &run, standards, streams)
            }
            Self::Flow(flows) => {
                let mut codes = vec![summary.exit_code];
                for mut flow in flows {
                    let text = match flow.format {
                        Format::Jsonl => report::lines_end(portfolio.as_ref(), summary),
                        _ => Ok(report::human_end(portfolio.as_ref(), summary, head.level)),
                    };
                    flow.put(text, streams);
                    codes.push(flow.code);
                }
                exit::worst(codes)
            }
        }
    }
}

impl Flow {
    fn put(&mut self, text: Result<String, serde_json::Error>, streams: &mut Streams<'_>) {
        let text = match text {
            Ok(text) => text,
            Err(error) => {
                streams.say(format_args!("error: cannot write the report: {error}"));
                self.code = exit::INVALID;
                return;
            }
        };
        if self.closed || text.is_empty() {
            return;
        }
        let written = match &mut self.target {
            Some((_, file)) => file.write_all(text.as_bytes()),
            None => {
                let out = &mut streams.stdout;
                out.write_all(text.as_bytes()).and_then(|()| out.flush())
            }
        };
        if let Err(error) = written {
            self.closed = true;
            if error.kind() != io::ErrorKind::BrokenPipe {
                let name = match &self.target {
                    Some((path, _)) => path.to_string_lossy().into_owned(),
                    None => "standard output".to_owned(),
                };
                self.unwritable(&name, &error, streams);
            }
        }
    }

    fn unwritable(&mut self, name: &str, error: &io::Error, streams: &mut Streams<'_>) {
        streams.say(output::unwritable(name, error));
        self.code = exit::INVALID;
        self.closed = true;
    }
}
