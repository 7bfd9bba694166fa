//! `report.html`: what is in it, and what can't get in.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use scimitar::record::Run;
use scimitar::report::html;

use crate::{sample, tags};

fn page(run: &Run) -> String {
    let mut page = Vec::new();
    html::write(run, &mut page).unwrap();
    String::from_utf8(page).unwrap()
}

/// The page without its style and script, which have their own files.
fn content(run: &Run) -> String {
    let mut page = page(run);
    for name in ["style", "script"] {
        let begin = page.find(&format!("<{name}>")).unwrap();
        let end = page.find(&format!("</{name}>")).unwrap();
        page.replace_range(begin + name.len() + 2..end, "…");
    }
    page
}

#[test]
fn every_verdict() {
    let mut settings = insta::Settings::clone_current();
    settings.add_filter("sha256-[A-Za-z0-9+/=]+", "sha256-…");
    settings.bind(|| insta::assert_snapshot!(content(&sample::eventful())));
}

#[test]
fn many_left_overs_are_folded_before_the_failures() {
    let mut run = sample::eventful();
    let shown = "<summary>Show all";
    assert!(!content(&run).contains(shown));
    let one = run.leftovers[0].clone();
    run.leftovers.resize(30, one);
    let page = content(&run);
    assert!(page.contains("<summary>Show all 30</summary><ul><li>"));
    assert!(page.find(shown) < page.find("<section class=\"verdicts"));
}

#[test]
fn the_system_log_of_each_check_and_of_the_run() {
    let page = content(&sample::logged_at_okta());
    let sections: Vec<&str> = page
        .match_indices("<section class=\"log\">")
        .chain(page.match_indices("<section class=\"panel log\""))
        .filter_map(|(from, _)| {
            let rest = &page[from..];
            Some(&rest[..rest.find("</section>")?])
        })
        .collect();
    assert_eq!(sections.len(), 5, "four checks and the run");
    insta::assert_snapshot!(sections.join("\n\n"));
    let none = content(&sample::eventful());
    assert!(!none.contains("System Log"), "a run that replays nothing");
}

#[test]
fn all_runs_give_well_nested_pages() {
    for run in [
        sample::eventful(),
        sample::good(),
        sample::nothing_tested(),
        sample::interrupted(),
        sample::large(300),
        sample::logged_at_okta(),
    ] {
        let (tags, _) = tags::read(&page(&run));
        let ids: Vec<&str> = tags
            .iter()
            .filter_map(|tag| tag.attributes.get("id"))
            .map(String::as_str)
            .collect();
        assert_eq!(
            ids.iter().collect::<BTreeSet<_>>().len(),
            ids.len(),
            "an id twice"
        );
        for target in tags
            .iter()
            .filter_map(|tag| tag.attributes.get("href"))
            .filter_map(|href| href.strip_prefix('#'))
        {
            assert!(ids.contains(&target), "#{target} leads nowhere");
        }
    }
}

#[test]
fn a_hostile_server_gets_no_element_and_no_attribute_in() {
    let shape = |run: &Run| -> BTreeSet<(String, String)> {
        let (tags, _) = tags::read(&page(run));
        let pairs = tags.into_iter().flat_map(|tag| {
            let names: Vec<String> = tag.attributes.into_keys().chain([String::new()]).collect();
            names
                .into_iter()
                .map(move |attribute| (tag.name.clone(), attribute))
        });
        pairs.collect()
    };
    let hostile = sample::hostile();
    let known = shape(&sample::eventful());
    let extra: Vec<_> = shape(&hostile).difference(&known).cloned().collect();
    // What the sample has no occasion for, and the templates do have.
    let templates: String =
        std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/reports/templates"))
            .unwrap()
            .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
            .collect();
    for (element, attribute) in extra {
        assert!(
            templates.contains(&format!("<{element}")) && templates.contains(&attribute),
            "<{element} {attribute}>"
        );
        assert!(!attribute.starts_with("on"));
    }
    let page = page(&hostile);
    let (tags, text) = tags::read(&page);
    assert!(
        text.contains("canary&#60;script&#62;alert(1)&#60;/script&#62;"),
        "evidence is readable"
    );
    let hidden = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\t'))
            || matches!(
                c,
                '\u{202e}' | '\u{200b}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{e0041}'
            )
    };
    assert!(!page.chars().any(hidden));
    for tag in &tags {
        for (name, value) in &tag.attributes {
            assert!(!value.contains("canary<"), "{name}");
            assert!(
                matches!(name.as_str(), "content" | "id" | "class" | "title")
                    || !value.contains("script:"),
                "{name}={value}"
            );
            if matches!(name.as_str(), "href" | "src") {
                let web = value.starts_with("https://www.rfc-editor.org/");
                assert!(
                    web || value.starts_with('#') || value == "data:,",
                    "{name}={value}"
                );
            }
        }
    }
    assert!(page.len() < 15_000_000, "{}", page.len());
}

#[test]
fn nothing_is_loaded_and_only_the_known_style_and_script_run() {
    let page = page(&sample::eventful());
    assert!(page.contains("default-src 'none'"));
    assert_eq!(
        (
            page.matches("<style").count(),
            page.matches("<script").count()
        ),
        (1, 1)
    );
    let (tags, _) = tags::read(&page);
    for tag in tags {
        assert!(
            !tag.attributes.contains_key("style"),
            "the policy forbids it"
        );
        assert!(!tag.attributes.contains_key("src"));
        assert!(!matches!(
            tag.name.as_str(),
            "img" | "iframe" | "object" | "embed" | "form" | "base"
        ));
    }
    for forbidden in [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "fetch(",
        "import(",
        "@import",
        "url(",
    ] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
}

#[test]
fn templates_never_lift_the_escaping() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/templates");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        seen += 1;
        let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        for forbidden in ["|safe", "|escape(\"", "|e(\"", "autoescape", "|json"] {
            assert!(
                !compact.contains(forbidden),
                "{} in {}",
                forbidden,
                path.display()
            );
        }
    }
    assert!(seen >= 6);
}

#[test]
fn a_run_of_ten_thousand_checks_stays_light() {
    let page = page(&sample::large(10_000));
    assert!(page.len() < 15_000_000, "{}", page.len());
    assert!(page.contains("run.json has all"));
}

/// In a browser the policy admits the page's own style and script, the script runs, and nothing a server said does.
#[test]
fn a_browser_shows_it() {
    let Some(chromium) = std::env::var_os("SCIMITAR_TEST_CHROMIUM") else {
        assert!(
            std::env::var("CI").as_deref() != Ok("true"),
            "CI leaves nothing out: set SCIMITAR_TEST_CHROMIUM"
        );
        eprintln!("SCIMITAR_TEST_CHROMIUM is not set (tests/run.sh sets it): no browser was asked");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    for (name, run) in [
        ("sample", sample::eventful()),
        ("hostile", sample::hostile()),
    ] {
        let path = folder.path().join(format!("{name}.html"));
        std::fs::write(&path, page(&run)).unwrap();
        let output = Command::new(&chromium)
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--enable-logging=stderr",
                "--v=0",
                "--dump-dom",
            ])
            .arg(format!(
                "--user-data-dir={}",
                folder.path().join("profile").display()
            ))
            .arg(format!("file://{}", path.display()))
            .output()
            .unwrap();
        let dom = String::from_utf8_lossy(&output.stdout);
        let log = String::from_utf8_lossy(&output.stderr);
        assert!(
            dom.contains("class=\"copy\""),
            "the script did not run: {log}"
        );
        assert!(
            !log.contains("Content Security Policy") && !log.contains("CONSOLE"),
            "{log}"
        );
        assert_eq!(dom.matches("<script").count(), 1);
        for forbidden in ["<img", "<svg onload", "onerror=\"", "javascript:alert(1)\""] {
            assert!(!dom.contains(forbidden), "{forbidden} in {name}");
        }
    }
}

/// Text has a contrast of at least 4.5 : 1 (WCAG AA) in the light and the dark theme.
#[test]
fn colours_are_readable() {
    let css = include_str!("../../reports/templates/report.css");
    let (light, dark) = css.split_once("prefers-color-scheme: dark").unwrap();
    for (theme, text) in [("light", light), ("dark", dark)] {
        let colour = |name: &str| {
            luminance(
                text.split(&format!("--{name}: #"))
                    .nth(1)
                    .unwrap()
                    .split(';')
                    .next()
                    .unwrap(),
            )
        };
        let mut pairs = Vec::new();
        for ground in ["paper", "sunk", "ground"] {
            pairs.extend([("ink", ground), ("soft", ground), ("accent", ground)]);
        }
        let backgrounds: Vec<(String, String)> =
            ["fail", "inconclusive", "warn", "waived", "skip", "pass"]
                .iter()
                .flat_map(|verdict| {
                    [
                        ((*verdict).to_owned(), format!("{verdict}-bg")),
                        ((*verdict).to_owned(), "paper".to_owned()),
                        ((*verdict).to_owned(), "sunk".to_owned()),
                    ]
                })
                .collect();
        pairs.extend(
            backgrounds
                .iter()
                .map(|(front, back)| (front.as_str(), back.as_str())),
        );
        for (front, back) in pairs {
            let (a, b) = (colour(front), colour(back));
            let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
            assert!(
                contrast >= 4.5,
                "{theme}: {front} on {back} has {contrast:.2}"
            );
        }
    }
    let pills: Vec<&str> = css
        .lines()
        .filter(|line| line.starts_with(".pill."))
        .collect();
    let backs: Vec<&str> = pills
        .iter()
        .flat_map(|line| line.split("background: #").skip(1))
        .collect();
    assert_eq!(backs.len(), 4);
    for back in backs {
        let contrast = 1.05 / (luminance(&back[..6]) + 0.05);
        assert!(contrast >= 4.5, "white on {back} has {contrast:.2}");
    }
}

/// The relative luminance of `rrggbb`.
fn luminance(hex: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
}
