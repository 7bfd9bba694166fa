//! Runs the binary: nothing of this environment, a folder of its own, no colour, a fixed width.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// The binary in a folder of its own.
pub(crate) struct Scimitar {
    folder: tempfile::TempDir,
    variables: Vec<(String, String)>,
    input: Option<String>,
}

/// What came of it.
pub(crate) struct Outcome {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    folder: PathBuf,
}

impl Scimitar {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            variables: Vec::new(),
            input: None,
        }
    }

    /// With an environment variable.
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// With a file in its folder.
    pub(crate) fn file(self, name: &str, text: &str) -> Self {
        let path = self.folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// With this on standard input.
    pub(crate) fn input(mut self, text: &str) -> Self {
        self.input = Some(text.to_owned());
        self
    }

    /// With the suites of these tests, in `suites/`.
    pub(crate) fn suites(self) -> Self {
        crate::suites::FILES
            .iter()
            .fold(self, |scimitar, (name, text)| scimitar.file(name, text))
            .env("SCIMITAR_SUITES_DIR", "suites")
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_scimitar"));
        command
            .args(args)
            .current_dir(self.folder.path())
            .env_clear()
            .env("HOME", self.folder.path())
            .env("COLUMNS", "100")
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub(crate) fn start(&self, args: &[&str]) -> Child {
        self.command(args).spawn().unwrap()
    }

    pub(crate) fn run(&self, args: &[&str]) -> Outcome {
        let mut command = self.command(args);
        if self.input.is_some() {
            command.stdin(Stdio::piped());
        }
        let mut child = command.spawn().unwrap();
        if let (Some(input), Some(mut stdin)) = (&self.input, child.stdin.take()) {
            stdin.write_all(input.as_bytes()).unwrap();
        }
        self.outcome(child.wait_with_output().unwrap())
    }

    pub(crate) fn outcome(&self, output: Output) -> Outcome {
        Outcome {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
            folder: self.folder.path().to_owned(),
        }
    }

    /// The paths of all files in its folder.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        collect(self.folder.path(), &mut files);
        files
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.is_symlink() {
            collect(&path, files);
        } else if path.is_file() {
            files.push(path);
        }
    }
}

impl Outcome {
    /// Exit code and both streams, with placeholders for what differs from run to run.
    pub(crate) fn shown(&self) -> String {
        let text = format!(
            "exit code {}\n--- standard output\n{}--- standard error\n{}",
            self.code, self.stdout, self.stderr
        );
        let text = text.replace(&*self.folder.to_string_lossy(), "[FOLDER]");
        placeholders(&text)
    }

    /// Panics with both streams unless the code is this.
    pub(crate) fn expect(self, code: i32) -> Self {
        assert!(self.code == code, "not {code}: {}", self.shown());
        self
    }
}

/// Replaces run ids, ports, seeds and times.
fn placeholders(text: &str) -> String {
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        let line = replace_run_id(line);
        let line = replace_after(&line, "127.0.0.1:", "[PORT]", |c| c.is_ascii_digit());
        let line = replace_after(&line, "seed ", "[SEED]", |c| c.is_ascii_digit());
        out.push_str(&replace_times(&line));
    }
    // The unit is a matter of the machine too.
    out.replace("[TIME] µs", "[TIME] ms")
        .replace("[TIME] s", "[TIME] ms")
}

fn replace_after(line: &str, before: &str, by: &str, part: impl Fn(char) -> bool) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(before) {
        let (head, tail) = rest.split_at(at + before.len());
        out.push_str(head);
        let after = tail.trim_start_matches(&part);
        if after.len() < tail.len() {
            out.push_str(by);
        }
        rest = after;
    }
    out + rest
}

/// `20261124-192233-3f9a1c`
fn replace_run_id(line: &str) -> String {
    let is_id = |part: &str| {
        let pieces: Vec<&str> = part.split('-').collect();
        matches!(pieces.as_slice(), [day, time, unique]
            if day.len() == 8 && time.len() == 6 && unique.len() == 6
            && [day, time].iter().all(|p| p.chars().all(|c| c.is_ascii_digit()))
            && unique.chars().all(|c| c.is_ascii_hexdigit()))
    };
    let mut out = String::new();
    let mut word = String::new();
    for c in line.chars().chain(['\0']) {
        if c.is_ascii_alphanumeric() || c == '-' {
            word.push(c);
            continue;
        }
        out.push_str(if is_id(&word) { "[RUN]" } else { &word });
        word.clear();
        if c != '\0' {
            out.push(c);
        }
    }
    out
}

/// `1.2 s`, `37 ms`, `1.2s`: a number right before a unit of time.
fn replace_times(line: &str) -> String {
    let words: Vec<&str> = line.split(' ').collect();
    let mut out: Vec<String> = Vec::new();
    let is_unit = |word: &str| {
        let word = word.trim_end_matches(['\n', '.', ',', ')', ';']);
        matches!(word, "ms" | "s" | "µs" | "min")
    };
    let is_number = |word: &str| {
        let word = word.trim_start_matches('(');
        !word.is_empty() && word.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    for (at, word) in words.iter().enumerate() {
        let number = is_number(word) && words.get(at + 1).is_some_and(|next| is_unit(next));
        out.push(if number {
            "[TIME]".to_owned()
        } else {
            (*word).to_owned()
        });
    }
    out.join(" ")
}
