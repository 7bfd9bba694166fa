//! Colour where the terminal takes it.

use anstyle::Style;

/// A text in a style, or as it is.
pub(super) fn paint(color: bool, style: Style, text: &str) -> String {
    if color {
        format!("{style}{text}{style:#}")
    } else {
        text.to_owned()
    }
}
