//! Python, for what Rust has no validator for.

use std::io::Write as _;
use std::process::{Command, Stdio};

/// Runs a Python program with a document as its standard input. `None` where no Python is at hand; in CI that is an
/// error.
pub(crate) fn run(program: &str, arguments: &[&str], document: &str) -> Option<Result<(), String>> {
    let Some(python) = std::env::var_os("SCIMITAR_TEST_PYTHON") else {
        assert!(
            std::env::var("CI").as_deref() != Ok("true"),
            "CI leaves nothing out: set SCIMITAR_TEST_PYTHON to a Python with lxml"
        );
        eprintln!("SCIMITAR_TEST_PYTHON is not set (tests/run.sh sets it): this is not validated");
        return None;
    };
    let mut child = Command::new(python)
        .args(["-c", program])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(document.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    Some(if output.status.success() {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    })
}
