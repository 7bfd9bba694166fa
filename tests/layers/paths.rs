//! The paths that the code of a file imports or names.

use crate::IMPURE;
use crate::tokens::{Token, tokens};

/// A path in the code, from the root of this crate or from another crate's.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) line: usize,
    /// The module that holds it.
    pub(crate) module: Vec<String>,
    /// It begins in another crate.
    pub(crate) external: bool,
    pub(crate) path: Vec<String>,
}

/// All paths of a file that begin at the crate, at a module of it, or at a crate of [`IMPURE`].
pub(crate) fn paths(source: &str, file_module: &[String]) -> Vec<Found> {
    let tokens = tokens(source);
    let mut reader = Reader {
        tokens: &tokens,
        at: 0,
    };
    let mut module = file_module.to_vec();
    let (mut depth, mut inline) = (0_usize, Vec::new());
    let mut found = Vec::new();
    while let Some((_, token)) = reader.peek(0) {
        match token {
            Token::Mark('{') => depth += 1,
            Token::Mark('}') => {
                depth = depth.saturating_sub(1);
                if inline.last() == Some(&depth) {
                    inline.pop();
                    module.pop();
                }
            }
            Token::Word("mod") => {
                if let (Some((_, Token::Word(name))), Some((_, Token::Mark('{')))) =
                    (reader.peek(1), reader.peek(2))
                {
                    inline.push(depth);
                    module.push((*name).to_owned());
                }
            }
            Token::Word(word) => {
                let external = IMPURE
                    .iter()
                    .any(|path| path.split("::").next() == Some(word));
                if (external || matches!(*word, "crate" | "super" | "self"))
                    && !reader.follows_colons()
                {
                    let base = if external { Vec::new() } else { module.clone() };
                    reader.tree(base, &mut |line, path| {
                        found.push(Found {
                            line,
                            module: module.clone(),
                            external,
                            path,
                        });
                    });
                    continue;
                }
            }
            Token::Mark(_) | Token::Colons => {}
        }
        reader.at += 1;
    }
    found
}

struct Reader<'t, 's> {
    tokens: &'t [(usize, Token<'s>)],
    at: usize,
}

impl<'t, 's> Reader<'t, 's> {
    fn peek(&self, ahead: usize) -> Option<&'t (usize, Token<'s>)> {
        self.tokens.get(self.at + ahead)
    }

    fn follows_colons(&self) -> bool {
        self.at
            .checked_sub(1)
            .and_then(|before| self.tokens.get(before))
            .is_some_and(|(_, t)| *t == Token::Colons)
    }

    /// Reads a path or a tree of `use` and says each path in it; `base` is the module that it starts from.
    fn tree(&mut self, mut base: Vec<String>, say: &mut impl FnMut(usize, Vec<String>)) {
        while let Some(&(line, token)) = self.peek(0) {
            match token {
                Token::Word("crate") => base.clear(),
                Token::Word("super") => drop(base.pop()),
                Token::Word("self") => {}
                Token::Word(word) => base.push(word.to_owned()),
                Token::Mark('*') => base.push("*".into()),
                Token::Mark('{') => {
                    self.at += 1;
                    while self
                        .peek(0)
                        .is_some_and(|(_, token)| *token != Token::Mark('}'))
                    {
                        let before = self.at;
                        self.tree(base.clone(), say);
                        while matches!(self.peek(0), Some((_, Token::Mark(','))))
                            || self.at == before
                        {
                            self.at += 1;
                        }
                    }
                    self.at += 1;
                    return;
                }
                Token::Mark(_) | Token::Colons => return,
            }
            self.at += 1;
            match self.peek(0) {
                Some((_, Token::Colons)) => self.at += 1,
                next => {
                    // `use crate as other` hides what is imported from here on.
                    let renamed = next.is_some_and(|(_, token)| *token == Token::Word("as"));
                    if renamed {
                        self.at += 2;
                    }
                    if renamed && base.is_empty() {
                        base.push("*".into());
                    }
                    if !base.is_empty() {
                        say(line, base);
                    }
                    return;
                }
            }
        }
    }
}
