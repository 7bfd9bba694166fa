//! `scimitar completions` and `scimitar man`: from the options themselves.

use std::io::{self, Write as _};

use crate::cli::args::{CompletionsArgs, ManArgs};
use crate::cli::exit::{self, Failure};
use crate::cli::files;
use crate::cli::terminal::Terminal;

/// Prints a completion script.
pub(super) fn completions(args: &CompletionsArgs, terminal: &Terminal) -> u8 {
    let mut script = Vec::new();
    clap_complete::generate(
        args.shell,
        &mut crate::cli::built(),
        "scimitar",
        &mut script,
    );
    terminal.print(&String::from_utf8_lossy(&script));
    exit::OK
}

/// Prints the manual page, or writes those of all commands.
///
/// # Errors
/// When a page can't be written.
pub(super) fn man(args: &ManArgs, terminal: &Terminal) -> Result<u8, Failure> {
    let mut command = crate::cli::built();
    command.build();
    let Some(folder) = &args.out else {
        let page = page(&command).map_err(|error| Failure::output("the page", error))?;
        terminal.print(&String::from_utf8_lossy(&page));
        return Ok(exit::OK);
    };
    files::make_folder(folder).map_err(|error| Failure::output(folder.display(), error))?;
    for command in std::iter::once(&command).chain(command.get_subcommands()) {
        let name = match command.get_name() {
            "scimitar" => "scimitar".to_owned(),
            other => format!("scimitar-{other}"),
        };
        let path = folder.join(format!("{name}.1"));
        page(&command.clone().name(name.clone()).display_name(name))
            .and_then(|page| files::write(&path, |out| out.write_all(&page)))
            .map_err(|error| Failure::output(path.display(), error))?;
    }
    Ok(exit::OK)
}

fn page(command: &clap::Command) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    Ok(page)
}
