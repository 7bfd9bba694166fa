//! `scimitar coverage`: suites, and a record if one is named → which requirements are covered, and how a run met them.

use globset::GlobMatcher;

use crate::cli::args::{CoverageArgs, GlobalArgs};
use crate::cli::configuration;
use crate::cli::coverage::{View, below, render, render_requirement};
use crate::cli::exit::{self, Failure};
use crate::cli::settings::nearest;
use crate::cli::terminal::Terminal;
use crate::cli::{document, library, runs};
use crate::coverage::{Document, Scope};
use crate::engine::selection::compile;
use crate::record::Run;
use crate::suite::Library;

/// Shows it.
///
/// # Errors
/// When the suites or an option are wrong, there is no such run, or the result can't be written.
pub(super) fn run(
    args: &CoverageArgs,
    global: &GlobalArgs,
    terminal: &mut Terminal,
) -> Result<u8, Failure> {
    let configuration = configuration::load(global, args)?;
    let library = library::load(&configuration.typed)?;
    let record = args.run.as_deref().map(runs::record).transpose()?;
    terminal.taken = args.json.as_deref() == Some(document::STDOUT);
    if let Some(path) = &args.json {
        document::probe(path)?;
    }
    let suites = globs("cited-by", &args.cited_by, str::to_owned)?;
    let ran = record.iter().flat_map(|run| &run.suites);
    let ids = library.suites.iter().map(|suite| suite.id.as_str());
    let ids = ids.chain(ran.map(|suite| suite.id.as_str()));
    each_matches("suite", &suites, ids.collect())?;
    let found = found(args, &library, record.as_ref(), &suites)?;
    let text = match &args.requirement {
        Some(_) => render_requirement(&found, terminal),
        None => render(&found, view(args), terminal),
    };
    terminal.print(&text);
    if let Some(path) = &args.json {
        document::write(&found, path)?;
    }
    let short = args
        .fail_under
        .is_some_and(|gate| !below(&found, gate).is_empty());
    Ok(if short { exit::NONCONFORMING } else { exit::OK })
}

fn view(args: &CoverageArgs) -> View {
    View {
        uncovered: args.uncovered,
        sections: !args.catalogue.is_empty() || !args.section.is_empty(),
        most: if args.limit == 0 {
            usize::MAX
        } else {
            args.limit
        },
        gate: args.fail_under,
    }
}

fn found(
    args: &CoverageArgs,
    library: &Library,
    record: Option<&Run>,
    suites: &[Glob],
) -> Result<Document, Failure> {
    let suite = |id: &str| matches(suites, id);
    let everything = Scope {
        catalogue: &|_| true,
        section: &|_| true,
        suite: &suite,
    };
    let mut document = Document::new(library, record, &everything);
    if let Some(id) = &args.requirement {
        return only(id, document);
    }
    let catalogues = globs("catalogue", &args.catalogue, str::to_uppercase)?;
    let known = document.catalogues.iter().map(|one| one.id.as_str());
    each_matches("catalogue", &catalogues, known.collect())?;
    let cited: Vec<String> = document
        .catalogues
        .iter()
        .filter(|one| {
            one.sections
                .iter()
                .flat_map(|section| &section.requirements)
                .any(|one| !one.judged.is_empty())
        })
        .map(|one| one.id.clone())
        .collect();
    let by_run = record.is_some() && args.catalogue.is_empty();
    let catalogue = |id: &str| {
        if by_run {
            cited.iter().any(|cited| cited == id)
        } else {
            matches(&catalogues, &id.to_uppercase())
        }
    };
    let sections = globs("section", &args.section, str::to_owned)?;
    document.catalogues.retain(|one| catalogue(&one.id));
    let names = document.catalogues.iter().flat_map(|one| &one.sections);
    let names = names.map(|section| section.name.as_str());
    each_matches("section", &sections, names.collect())?;
    Ok(Document::new(
        library,
        record,
        &Scope {
            catalogue: &catalogue,
            section: &|name| matches(&sections, name),
            suite: &suite,
        },
    ))
}

/// The document with one requirement.
fn only(id: &str, mut document: Document) -> Result<Document, Failure> {
    let known: Vec<String> = document.requirements().map(|one| one.id.clone()).collect();
    if !known.iter().any(|known| known.eq_ignore_ascii_case(id)) {
        return Err(Failure::Usage {
            message: format!(
                "there is no requirement `{id}`{}",
                nearest(id, known.iter().map(String::as_str))
            ),
            help: vec!["scimitar coverage --json - lists all of them".to_owned()],
        });
    }
    document.retain(|one| one.id.eq_ignore_ascii_case(id));
    Ok(document)
}

/// A glob as it was written, and how it is matched.
struct Glob {
    written: String,
    matcher: GlobMatcher,
    /// What lies below starts with this.
    below: String,
}

impl Glob {
    fn is_match(&self, name: &str) -> bool {
        self.matcher.is_match(name) || name.starts_with(&self.below)
    }
}

fn globs(
    kind: &str,
    written: &[String],
    spelt: impl Fn(&str) -> String,
) -> Result<Vec<Glob>, Failure> {
    let compiled = written.iter().map(|text| {
        let spelt = spelt(text);
        let matcher =
            compile(&spelt).map_err(|error| Failure::usage(format!("--{kind}: {error}")))?;
        Ok(Glob {
            written: text.clone(),
            matcher,
            below: format!("{spelt}."),
        })
    });
    compiled.collect()
}

/// No glob at all matches everything.
fn matches(globs: &[Glob], name: &str) -> bool {
    globs.is_empty() || globs.iter().any(|glob| glob.is_match(name))
}

/// A glob that matches nothing is a slip.
fn each_matches(kind: &str, globs: &[Glob], mut known: Vec<&str>) -> Result<(), Failure> {
    known.sort_unstable();
    known.dedup();
    let spelt = |name: &str| match kind {
        "catalogue" => name.to_uppercase(),
        _ => name.to_owned(),
    };
    for glob in globs {
        if !known.iter().any(|name| glob.is_match(&spelt(name))) {
            let near = nearest(&spelt(&glob.written), known.iter().copied());
            let help = match kind {
                "catalogue" => format!("there are {}", known.join(", ")),
                "section" => "scimitar coverage --catalogue ID lists the sections".to_owned(),
                _ => "scimitar list --suites-only lists the suites".to_owned(),
            };
            return Err(Failure::Usage {
                message: format!("no {kind} matches `{}`{near}", glob.written),
                help: vec![help],
            });
        }
    }
    Ok(())
}
