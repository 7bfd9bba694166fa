//! From text to filter.

use serde_json::Value;

use super::{Filter, FilterError, Literal, Operator};
use crate::scim::path::AttributePath;

/// How long a filter may be, in bytes: URLs of this length pass through no proxy, bodies might hold it.
const LENGTH: usize = 64 * 1024;
/// How deep parentheses may nest.
const DEPTH: usize = 64;

impl Filter {
    /// Reads a filter. Operators and `and`, `or`, `not` in any case of letters; any number of blanks between words.
    ///
    /// # Errors
    /// [`FilterError`] with the position of what is wrong, also for a filter that is longer than 64 KiB or nests deeper
    /// than 64 parentheses.
    pub fn parse(text: &str) -> Result<Self, FilterError> {
        if text.len() > LENGTH {
            return Err(FilterError {
                position: 1,
                message: format!("the filter is longer than {LENGTH} bytes"),
            });
        }
        let mut parser = Parser {
            text,
            at: 0,
            depth: 0,
            in_values: false,
        };
        let filter = parser.any_of()?;
        parser.skip_blanks();
        match parser.peek() {
            None => Ok(filter),
            Some(')' | ']') => Err(parser.wrong("nothing was opened that this could close")),
            Some(_) => Err(parser.wrong("expected `and`, `or` or the end of the filter")),
        }
    }

    /// Reads the filter of `path[filter]`, from behind the bracket; also gives where the closing bracket is.
    pub(in crate::scim) fn parse_values(
        text: &str,
        from: usize,
    ) -> Result<(Self, usize), FilterError> {
        if text.len() > LENGTH {
            return Err(FilterError {
                position: 1,
                message: format!("the path is longer than {LENGTH} bytes"),
            });
        }
        let mut parser = Parser {
            text,
            at: from,
            depth: 0,
            in_values: true,
        };
        let filter = parser.any_of()?;
        parser.skip_blanks();
        if parser.peek() == Some(']') {
            Ok((filter, parser.at))
        } else {
            Err(parser.wrong("expected `]`"))
        }
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    in_values: bool,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t']).len();
    }

    fn wrong(&self, message: impl Into<String>) -> FilterError {
        self.wrong_at(self.at, message)
    }

    fn wrong_at(&self, at: usize, message: impl Into<String>) -> FilterError {
        let before = self.text.get(..at).unwrap_or(self.text);
        FilterError {
            position: before.chars().count() + 1,
            message: message.into(),
        }
    }

    /// The next word, without reading it.
    fn word(&self) -> &'a str {
        let rest = self.rest();
        let end =
            rest.find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '"'));
        rest.get(..end.unwrap_or(rest.len())).unwrap_or_default()
    }

    fn keyword(&mut self, keyword: &str) -> bool {
        self.skip_blanks();
        let word = self.word();
        let found = word.eq_ignore_ascii_case(keyword);
        if found {
            self.at += word.len();
        }
        found
    }

    fn any_of(&mut self) -> Result<Filter, FilterError> {
        let first = self.all_of()?;
        let mut all = vec![first];
        while self.keyword("or") {
            all.push(self.all_of()?);
        }
        Ok(one_or(all, Filter::Or))
    }

    fn all_of(&mut self) -> Result<Filter, FilterError> {
        let first = self.single()?;
        let mut all = vec![first];
        while self.keyword("and") {
            all.push(self.single()?);
        }
        Ok(one_or(all, Filter::And))
    }

    fn single(&mut self) -> Result<Filter, FilterError> {
        self.skip_blanks();
        if self.peek() == Some('(') {
            return self.group();
        }
        let word = self.word();
        if word.eq_ignore_ascii_case("not") {
            let before = self.at;
            self.at += word.len();
            self.skip_blanks();
            if self.peek() == Some('(') {
                return Ok(Filter::Not(Box::new(self.group()?)));
            }
            self.at = before;
        }
        self.expression()
    }

    fn group(&mut self) -> Result<Filter, FilterError> {
        let opened = self.at;
        self.at += 1;
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(self.wrong(format!("the filter nests deeper than {DEPTH} parentheses")));
        }
        let filter = self.any_of()?;
        self.skip_blanks();
        match self.peek() {
            Some(')') => self.at += 1,
            None => return Err(self.wrong_at(opened, "this parenthesis is not closed")),
            Some(_) => return Err(self.wrong("expected `and`, `or` or `)`")),
        }
        self.depth -= 1;
        Ok(filter)
    }

    fn expression(&mut self) -> Result<Filter, FilterError> {
        let start = self.at;
        let word = self.word();
        if word.is_empty() {
            return Err(self.wrong("expected the name of an attribute"));
        }
        let path = AttributePath::parse(word).map_err(|error| {
            let before = self.wrong_at(start, "").position;
            FilterError {
                position: before - 1 + error.position,
                message: error.message,
            }
        })?;
        self.at += word.len();
        if self.peek() == Some('[') {
            return self.values(path);
        }
        self.skip_blanks();
        let before = self.at;
        let word = self.word();
        if word.is_empty() {
            return Err(self.wrong(format!("expected an operator after `{path}`")));
        }
        self.at += word.len();
        if word.eq_ignore_ascii_case("pr") {
            return Ok(Filter::Present(path));
        }
        let operator = Operator::from_word(word).ok_or_else(|| {
            let known = "eq, ne, co, sw, ew, gt, ge, lt, le and pr";
            self.wrong_at(
                before,
                format!("`{word}` is no operator; there are {known}"),
            )
        })?;
        self.skip_blanks();
        Ok(Filter::Compare(path, operator, self.literal()?))
    }

    fn values(&mut self, path: AttributePath) -> Result<Filter, FilterError> {
        let opened = self.at;
        if self.in_values {
            return Err(self.wrong("brackets don't nest"));
        }
        if path.sub.is_some() {
            return Err(self.wrong("brackets follow an attribute, not a sub-attribute"));
        }
        self.at += 1;
        let depth = std::mem::take(&mut self.depth);
        self.in_values = true;
        let inner = self.any_of()?;
        self.skip_blanks();
        match self.peek() {
            Some(']') => self.at += 1,
            None => return Err(self.wrong_at(opened, "this bracket is not closed")),
            Some(_) => return Err(self.wrong("expected `and`, `or` or `]`")),
        }
        self.in_values = false;
        self.depth = depth;
        Ok(Filter::Values(path, Box::new(inner)))
    }

    fn literal(&mut self) -> Result<Literal, FilterError> {
        let token = if self.peek() == Some('"') {
            self.quoted()?
        } else {
            self.word()
        };
        if token.is_empty() {
            return Err(self.wrong(
                "expected a value: a string in double quotes, a number, `true`, `false` or `null`",
            ));
        }
        let literal = match serde_json::from_str::<Value>(token) {
            Ok(Value::Null) => Literal::Null,
            Ok(Value::Bool(value)) => Literal::Boolean(value),
            Ok(Value::Number(value)) => Literal::Number(value),
            Ok(Value::String(value)) => Literal::Text(value),
            _ => {
                let message = format!("`{token}` is no JSON value; strings stand in double quotes");
                return Err(self.wrong(message));
            }
        };
        self.at += token.len();
        // `"a"and` and the like: blanks separate words (RFC 7644 figure 1).
        match self.peek() {
            None | Some(' ' | '\t' | ')' | ']') => Ok(literal),
            Some(_) => Err(self.wrong("expected a blank after the value")),
        }
    }

    /// A JSON string with its quotes, without reading it.
    fn quoted(&self) -> Result<&'a str, FilterError> {
        let rest = self.rest();
        let mut escaped = false;
        for (at, c) in rest.char_indices().skip(1) {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => return Ok(rest.get(..=at).unwrap_or_default()),
                _ => {}
            }
        }
        Err(self.wrong("this string is not closed"))
    }
}

fn one_or(mut all: Vec<Filter>, many: fn(Vec<Filter>) -> Filter) -> Filter {
    match (all.len(), all.pop()) {
        (1, Some(only)) => only,
        (_, Some(last)) => {
            all.push(last);
            many(all)
        }
        (_, None) => many(all),
    }
}
