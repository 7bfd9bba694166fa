//! The options, each said once, with the help that a newcomer reads.
//!
//! Options that are settings too are only words here: what they mean, and which of several origins wins, is decided
//! in [`super::settings`].

mod command;
mod coverage;
mod import_preview;
mod okta;
mod output;
mod prove;
mod selection;
mod target;

pub(super) use command::{
    AttributesArgs, CleanupArgs, Cli, Command, CompletionsArgs, ConfigArgs, DoctorArgs,
    ExplainArgs, ImportArgs, InitArgs, LintArgs, ListArgs, ManArgs, RecordArgs, ReportArgs,
    RunArgs, SchemaArgs, SchemaOf, ServeArgs,
};
pub(super) use coverage::CoverageArgs;
pub(super) use import_preview::ImportPreviewArgs;
pub(super) use okta::OktaOrgArgs;
pub(super) use output::{ColorChoice, FileArgs, GlobalArgs};
pub(super) use prove::ProveArgs;
pub(super) use selection::{SelectionArgs, SuitesArgs};
pub(super) use target::{ConnectionArgs, ReachArgs, TargetArgs, WriteArgs};

use super::settings::{Problem, Settings};

/// Options that are settings.
pub(super) trait Offer {
    /// Offers what was given; what is wrong with it goes to the list.
    fn offer(&self, settings: &mut Settings, problems: &mut Vec<Problem>);
}

/// Offers a text if there is one.
fn text(
    option: &'static str,
    given: Option<&String>,
    settings: &mut Settings,
    problems: &mut Vec<Problem>,
) {
    if let Some(text) = given {
        problems.extend(settings.option(option, text).err());
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::{CommandFactory as _, Parser as _};

    use super::super::settings::Settings;
    use super::super::settings::keys::{KEYS, Kind};
    use super::*;

    #[test]
    fn the_options_are_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_setting_with_an_option_is_taken_from_it() {
        let mut line = vec![
            "scimitar".to_owned(),
            "run".to_owned(),
            "http://x".to_owned(),
        ];
        let mut expected = BTreeSet::from(["target.url"]);
        for key in KEYS.iter() {
            if key.option.is_empty() || key.option == "TARGET" {
                continue;
            }
            line.push(format!("--{}", key.option));
            match key.kind {
                Kind::Flag => {}
                Kind::Word(words) | Kind::Words(words) => line.push(words[0].to_owned()),
                Kind::Number => line.push("1".to_owned()),
                Kind::Duration => line.push("1s".to_owned()),
                Kind::Table if key.option == "var" => line.push("a=b".to_owned()),
                Kind::Table => line.push("a: b".to_owned()),
                Kind::Text
                | Kind::Secret
                | Kind::List
                | Kind::Attributes
                | Kind::Path
                | Kind::Paths => {
                    line.push("1/1".to_owned());
                }
            }
            expected.insert(key.path);
        }
        let Command::Run(args) = Cli::try_parse_from(line).unwrap().command else {
            panic!("another command")
        };
        let (mut settings, mut problems) = (Settings::default(), Vec::new());
        args.offer(&mut settings, &mut problems);
        assert_eq!(problems, []);
        let taken: BTreeSet<&str> = settings.iter().map(|(path, _)| path).collect();
        assert_eq!(taken, expected);
    }

    #[test]
    fn every_option_of_a_setting_names_its_variable_in_the_help() {
        for command in ["run", "cleanup"] {
            let mut cli = super::super::built();
            let help = cli
                .find_subcommand_mut(command)
                .unwrap()
                .render_long_help()
                .to_string();
            for key in KEYS.iter().filter(|key| !key.option.is_empty()) {
                let shown = help.contains(&format!("--{} ", key.option))
                    || help.contains(&format!("--{}\n", key.option));
                if shown {
                    assert!(help.contains(key.env), "{command}: {}", key.env);
                }
            }
        }
    }
}
