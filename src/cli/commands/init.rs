//! `scimitar init`: a configuration to start from.

use std::fmt::Write as _;
use std::io;

use crate::cli::args::InitArgs;
use crate::cli::exit::{self, Failure};
use crate::cli::files;
use crate::cli::settings::keys::{KEYS, Key, Kind};
use crate::cli::terminal::Terminal;
use crate::report::FORMATS;

/// Writes it.
///
/// # Errors
/// When the file is there already, or can't be written.
pub(super) fn run(args: &InitArgs, terminal: &Terminal) -> Result<u8, Failure> {
    let path = &args.file;
    match files::write_new(path, &content()) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            return Err(Failure::Usage {
                message: format!("{} is there already, and is left as it is", path.display()),
                help: vec![format!("scimitar init FILE writes another one")],
            });
        }
        Err(error) => {
            return Err(Failure::output(path.display(), error));
        }
    }
    terminal.print(&format!(
        "{} is written. Next:\n  1. set target.url in it\n  2. put the token in the environment: export SCIMITAR_BEARER=…\n  3. scimitar run\n",
        path.display()
    ));
    Ok(exit::OK)
}

/// The file: each setting with its meaning, commented out.
fn content() -> String {
    let mut text = String::from(
        "# Settings of scimitar. An option or an environment variable wins over what stands here;\n\
         # `scimitar config` shows what is in force. `scimitar schema config` prints a JSON Schema for editors.\n",
    );
    let mut section = "";
    // A table of its own, at the end.
    for key in KEYS.iter().filter(|key| key.path != "variables") {
        let (of, name) = key.path.rsplit_once('.').unwrap_or(("", key.path));
        if of != section {
            section = of;
            let _ = writeln!(text, "\n[{section}]");
            if section == "auth" {
                text.push_str(
                    "# Better in the environment, or in a file that git ignores: \"@FILE\" reads one.\n",
                );
            }
        }
        let _ = writeln!(text, "# {} ({})", key.doc, key.env);
        let _ = writeln!(text, "# {name} = {}", example(key));
    }
    text.push_str(
        "\n# What your server demands of a user beyond what most do; it is merged into each user that a check makes.\n\
         # [fixtures.user]\n\
         # title = \"Engineer\"\n\
         \n# Values of the parameters of suites: ${var.NAME}, or {{NAME}} in an export of Runscope's.\n\
         # [variables]\n\
         # EntitlementEndpoint = \"/Roles\"\n\
         \n# Settings by name: scimitar run --profile ci. A profile inherits from another, or from a built-in choice of suites.\n\
         # [profiles.ci]\n\
         # inherits = \"okta\"\n\
         # run.fail_on = \"must\"\n\
         # report.junit = \"junit.xml\"\n",
    );
    text
}

fn example(key: &Key) -> String {
    match (key.path, key.kind) {
        ("target.secret_env", _) => "[\"SCIM_TENANT_TOKEN\"]".to_owned(),
        ("target.url", _) => "\"https://example.com/scim/v2\"".to_owned(),
        ("target.rate", _) => "\"10/s\"".to_owned(),
        ("target.headers", _) => "{ X-Tenant = \"test\" }".to_owned(),
        ("target.ca", _) => "[\"ca.pem\"]".to_owned(),
        ("target.client_certificate", _) => "\"client.pem\"".to_owned(),
        ("target.proxy", _) => "\"http://proxy.example.com:3128\"".to_owned(),
        ("auth.oauth2.token_url", _) => "\"https://example.com/oauth2/token\"".to_owned(),
        ("auth.oauth2.client_id", _) => "\"scimitar\"".to_owned(),
        ("auth.oauth2.scope", _) => "\"scim\"".to_owned(),
        ("run.profile" | "okta.api_integration.client_id", _) => "\"okta\"".to_owned(),
        ("run.suites", _) => "[\"okta-*\"]".to_owned(),
        ("run.checks", _) => "[\"*/create-*\"]".to_owned(),
        ("run.seed", _) => "1".to_owned(),
        ("run.shard", _) => "\"1/4\"".to_owned(),
        ("run.suites_dir", _) => "\"suites\"".to_owned(),
        ("report.out", _) => "\"reports/mine\"".to_owned(),
        ("okta.org.url", _) => "\"https://dev-1234.okta.com\"".to_owned(),
        ("okta.org.app_id", _) => "\"0oa1b2c3d4e5f6g7h8i9\"".to_owned(),
        ("run.attributes", _) => "false".to_owned(),
        ("okta.attributes.mapped", _) => "[\"displayName\", \"title\"]".to_owned(),
        ("okta.api_integration.authorize_url", _) => {
            "\"https://example.com/oauth2/authorize\"".to_owned()
        }
        ("okta.api_integration.app_name", _) => "\"example_app\"".to_owned(),
        ("okta.app", _) => "\"catalogue\"".to_owned(),
        ("entra.optimized", _) => "true".to_owned(),
        ("okta.entitlement_endpoints", _) => "[\"/Licenses\"]".to_owned(),
        ("okta.to_okta.exact_match", _) => "[\"username\", \"email\"]".to_owned(),
        ("run.tags", _) => "[\"okta-required\"]".to_owned(),
        ("run.suite_files", _) => "[\"suites/mine.yaml\"]".to_owned(),
        (path, _) if file_of(path).is_some() => format!("\"{}\"", file_of(path).unwrap_or(path)),
        (_, Kind::Flag | Kind::Number) => key.default.to_owned(),
        (path, Kind::Secret) => format!("\"@{}\"", path.rsplit('.').next().unwrap_or(path)),
        (_, Kind::Words(words)) => format!("{words:?}"),
        (
            _,
            Kind::Text
            | Kind::Word(_)
            | Kind::Duration
            | Kind::List
            | Kind::Attributes
            | Kind::Table
            | Kind::Path
            | Kind::Paths,
        ) => format!("\"{}\"", key.default),
    }
}

/// The usual name of the file that a setting of a single report names.
fn file_of(path: &str) -> Option<&'static str> {
    let name = path.strip_prefix("report.")?;
    let format = FORMATS.iter().find(|format| format.key() == name)?;
    Some(format.file)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::cli::settings::file::ConfigFile;

    #[test]
    fn what_is_written_is_read_as_it_stands_and_with_every_example_switched_on() {
        let parse = |text: &str| ConfigFile::parse("scimitar.toml", Path::new(""), text);
        let text = content();
        parse(&text).unwrap();
        let on: Vec<&str> = text
            .lines()
            .map(|line| match line.strip_prefix("# ") {
                Some(rest) if rest.starts_with('[') || rest.contains(" = ") => rest,
                _ => line,
            })
            .collect();
        let problems = parse(&on.join("\n")).err().unwrap_or_default();
        assert_eq!(problems, []);
    }
}
