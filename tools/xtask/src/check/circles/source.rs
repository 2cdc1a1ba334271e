//! What a file defines, exports again and uses, read from its tokens.

use std::collections::BTreeSet;

use super::tokens::{self, Token};

/// A path as it is written, and the inline modules it is written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) inside: Vec<String>,
    pub(super) path: Vec<String>,
}

/// A `use`: what is named, and under which name it is known here. The name is `*` for all that is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Import {
    pub(super) written: Written,
    pub(super) name: String,
    /// Whether others can use it from here.
    pub(super) exported: bool,
}

/// One file without its tests.
#[derive(Debug, Default)]
pub(super) struct Source {
    /// Names of functions, types, constants and modules.
    pub(super) defined: BTreeSet<String>,
    pub(super) imports: Vec<Import>,
    /// Paths of more than one name outside of `use`.
    pub(super) paths: Vec<Written>,
    /// Modules in files of their own that are compiled for tests alone.
    pub(super) tests: Vec<String>,
}

const DEFINING: [&str; 9] = ["fn", "struct", "enum", "union", "trait", "type", "const", "static", "mod"];

impl Source {
    /// Reads a file, or one more of the same module (`lib.rs` and `main.rs`).
    pub(super) fn add(&mut self, text: &str) {
        let tokens = tokens::read(text);
        let mut reader = Reader { rest: &tokens, inside: Vec::new(), exported: false };
        while !reader.rest.is_empty() {
            reader.item_or_token(self);
        }
    }
}

struct Reader<'a> {
    rest: &'a [Token],
    /// The inline modules around, each with the number of braces that are open in it; other braces have no name.
    inside: Vec<Option<String>>,
    /// Whether `pub` stands before what comes next.
    exported: bool,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<&'a Token> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(first)
    }

    fn word(&self, place: usize) -> Option<&'a str> {
        match self.rest.get(place)? {
            Token::Word(word) => Some(word),
            _ => None,
        }
    }

    fn item_or_token(&mut self, source: &mut Source) {
        if self.starts_with_cfg_test() {
            self.skip_test_item(source);
            return;
        }
        match (self.word(0), self.word(1)) {
            (Some("pub"), _) => {
                self.next();
                self.skip_group('(', ')');
                self.exported = true;
                return;
            }
            (Some("use"), _) => self.import(source),
            (Some(keyword), Some(name)) if DEFINING.contains(&keyword) => {
                source.defined.insert(name.to_owned());
                let opens = keyword == "mod" && self.rest.get(2).is_some_and(|token| token.is_sign('{'));
                self.next();
                self.next();
                if opens {
                    self.next();
                    self.inside.push(Some(name.to_owned()));
                }
            }
            (Some(_), _) => self.path(source),
            _ => match self.next() {
                Some(Token::Sign('{')) => self.inside.push(None),
                Some(Token::Sign('}')) => drop(self.inside.pop()),
                // `<T as a::B>::c`, `.c`: what follows does not begin a path.
                Some(Token::Colons | Token::Sign('.')) if self.word(0).is_some() => drop(self.next()),
                _ => {}
            },
        }
        self.exported = false;
    }

    fn modules(&self) -> Vec<String> {
        self.inside.iter().flatten().cloned().collect()
    }

    fn path(&mut self, source: &mut Source) {
        let mut path = Vec::new();
        while let Some(word) = self.word(0) {
            path.push(word.to_owned());
            self.next();
            if self.rest.first() != Some(&Token::Colons) || self.word(1).is_none() {
                break;
            }
            self.next();
        }
        if path.len() > 1 {
            source.paths.push(Written { inside: self.modules(), path });
        }
    }

    fn import(&mut self, source: &mut Source) {
        self.next();
        let exported = self.exported;
        self.tree(&[], exported, source);
    }

    /// `a::{b, c::*, d as e}`, behind what stands before it.
    fn tree(&mut self, before: &[String], exported: bool, source: &mut Source) {
        let mut path = before.to_vec();
        loop {
            match self.next() {
                Some(Token::Word(word)) if word == "self" && !before.is_empty() => {}
                Some(Token::Word(word)) => path.push(word.clone()),
                Some(Token::Colons) => continue,
                Some(Token::Sign('*')) => {
                    self.push(path, "*".to_owned(), exported, source);
                    return;
                }
                Some(Token::Sign('{')) => {
                    while self.rest.first().is_some_and(|token| !token.is_sign('}')) {
                        self.tree(&path, exported, source);
                        if self.rest.first().is_some_and(|token| token.is_sign(',')) {
                            self.next();
                        }
                    }
                    self.next();
                    return;
                }
                _ => return,
            }
            if self.rest.first() != Some(&Token::Colons) {
                break;
            }
        }
        let mut name = path.last().cloned().unwrap_or_default();
        if self.word(0) == Some("as") {
            self.next();
            if let Some(Token::Word(alias)) = self.next() {
                name.clone_from(alias);
            }
        }
        self.push(path, name, exported, source);
    }

    fn push(&self, path: Vec<String>, name: String, exported: bool, source: &mut Source) {
        source.imports.push(Import { written: Written { inside: self.modules(), path }, name, exported });
    }

    fn starts_with_cfg_test(&self) -> bool {
        let signs = |places: [(usize, char); 5]| {
            places.iter().all(|(place, sign)| self.rest.get(*place).is_some_and(|token| token.is_sign(*sign)))
        };
        signs([(0, '#'), (1, '['), (3, '('), (5, ')'), (6, ']')])
            && self.word(2) == Some("cfg")
            && self.word(4) == Some("test")
    }

    /// Skips what the attribute stands before: to the `;` or the closing brace that ends it.
    fn skip_test_item(&mut self, source: &mut Source) {
        for _ in 0..7 {
            self.next();
        }
        if self.word(0) == Some("mod")
            && let Some(name) = self.word(1)
            && self.rest.get(2).is_some_and(|token| token.is_sign(';'))
        {
            source.tests.push(name.to_owned());
        }
        let mut depth = 0_usize;
        while let Some(token) = self.next() {
            match token {
                Token::Sign('(' | '[' | '{') => depth += 1,
                Token::Sign(closing @ (')' | ']' | '}')) => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 && *closing == '}' {
                        return;
                    }
                }
                Token::Sign(';') if depth == 0 => return,
                _ => {}
            }
        }
    }

    fn skip_group(&mut self, open: char, close: char) {
        if self.rest.first().is_some_and(|token| token.is_sign(open)) {
            while self.next().is_some_and(|token| !token.is_sign(close)) {}
        }
    }
}
