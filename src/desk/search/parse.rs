//! Reads what was typed. `AND` binds closer than `OR`, two terms beside each other mean `AND`, and `NOT` (or `-`) belongs to
//! what follows it. Operators are in capitals, so that the words stay words.

use super::query::{Pattern, Query, Term};
use super::subject::FIELDS;

/// Parentheses and `NOT`s inside each other.
const MAX_DEPTH: usize = 64;
const MAX_CHARS: usize = 4096;

/// Where a search cannot be read, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot read the search: {what}")]
pub struct QueryError {
    /// The byte at which it goes wrong.
    pub at: usize,
    /// What is wrong.
    pub what: String,
}

/// Reads a search.
pub fn parse(text: &str) -> Result<Query, QueryError> {
    if text.chars().count() > MAX_CHARS {
        return Err(QueryError { at: 0, what: format!("it is longer than {MAX_CHARS} characters") });
    }
    let mut parser = Parser { tokens: tokens(text)?, next: 0, end: text.len() };
    let query = parser.or(0)?;
    match parser.peek() {
        None => Ok(query),
        Some((at, _)) => Err(QueryError { at, what: "this closing parenthesis was never opened".to_owned() }),
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Open,
    Close,
    And,
    Or,
    Not,
    Term(Term),
}

struct Parser {
    tokens: Vec<(usize, Token)>,
    next: usize,
    end: usize,
}

impl Parser {
    fn peek(&self) -> Option<(usize, &Token)> {
        self.tokens.get(self.next).map(|(at, token)| (*at, token))
    }

    fn takes(&mut self, token: &Token) -> bool {
        let is_it = self.peek().is_some_and(|(_, next)| next == token);
        self.next += usize::from(is_it);
        is_it
    }

    fn or(&mut self, depth: usize) -> Result<Query, QueryError> {
        let mut parts = vec![self.and(depth)?];
        while self.takes(&Token::Or) {
            parts.push(self.and(depth)?);
        }
        Ok(joined(parts, Query::Or))
    }

    fn and(&mut self, depth: usize) -> Result<Query, QueryError> {
        let mut parts = vec![self.not(depth)?];
        loop {
            let has_word = self.takes(&Token::And);
            let is_over = matches!(self.peek(), None | Some((_, Token::Close | Token::Or)));
            if !has_word && is_over {
                return Ok(joined(parts, Query::And));
            }
            parts.push(self.not(depth)?);
        }
    }

    fn not(&mut self, depth: usize) -> Result<Query, QueryError> {
        let at = self.peek().map_or(self.end, |(at, _)| at);
        if depth > MAX_DEPTH {
            return Err(QueryError { at, what: format!("more than {MAX_DEPTH} parts stand inside each other") });
        }
        let wanted = |found: &str| QueryError { at, what: format!("expected a word, a field or `(`, found {found}") };
        let token = self.peek().map(|(_, token)| token.clone()).ok_or_else(|| wanted("the end"))?;
        self.next += 1;
        match token {
            Token::Not => Ok(Query::Not(Box::new(self.not(depth + 1)?))),
            Token::Open => {
                let inner = self.or(depth + 1)?;
                if self.takes(&Token::Close) {
                    return Ok(inner);
                }
                Err(QueryError { at, what: "this parenthesis is never closed".to_owned() })
            }
            Token::Term(term) => Ok(Query::Term(term)),
            Token::Close => Err(wanted("`)`")),
            Token::And => Err(wanted("AND; quote it to search for the word")),
            Token::Or => Err(wanted("OR; quote it to search for the word")),
        }
    }
}

/// One part stands for itself.
fn joined(mut parts: Vec<Query>, many: fn(Vec<Query>) -> Query) -> Query {
    if parts.len() == 1 { parts.swap_remove(0) } else { many(parts) }
}

fn tokens(text: &str) -> Result<Vec<(usize, Token)>, QueryError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let (token, len) = match c {
            c if c.is_whitespace() => {
                at += c.len_utf8();
                continue;
            }
            '(' => (Token::Open, 1),
            ')' => (Token::Close, 1),
            '-' if text[at + 1..].starts_with(|c: char| !c.is_whitespace()) => (Token::Not, 1),
            _ => word(text, at)?,
        };
        tokens.push((at, token));
        at += len;
    }
    Ok(tokens)
}

/// A word, phrase, field or operator that begins at `at`, and its length in bytes.
fn word(text: &str, at: usize) -> Result<(Token, usize), QueryError> {
    let rest = &text[at..];
    let is_end = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"');
    let len = rest.find(is_end).unwrap_or(rest.len());
    let bare = &rest[..len];
    if rest.starts_with('"') {
        let (phrase, len) = phrase(text, at)?;
        return Ok((Token::Term(Term { field: None, pattern: Pattern::Phrase(phrase) }), len));
    }
    let is_quoted_next = rest[len..].starts_with('"');
    match bare {
        "AND" => return Ok((Token::And, len)),
        "OR" => return Ok((Token::Or, len)),
        "NOT" => return Ok((Token::Not, len)),
        _ => {}
    }
    let Some((name, value)) = bare.split_once(':').filter(|(name, _)| is_name(name)) else {
        return Ok((Token::Term(Term { field: None, pattern: Pattern::Word(bare.to_owned()) }), len));
    };
    let field = name.to_lowercase();
    if !FIELDS.iter().any(|(known, _)| *known == field) {
        let known: Vec<_> = FIELDS.iter().map(|(name, _)| *name).collect();
        return Err(QueryError { at, what: format!("there is no field {name:?}; fields are {}", known.join(", ")) });
    }
    let field = Some(field);
    if value.is_empty() && is_quoted_next {
        let (phrase, phrase_len) = phrase(text, at + len)?;
        return Ok((Token::Term(Term { field, pattern: Pattern::Phrase(phrase) }), len + phrase_len));
    }
    if value.is_empty() {
        let what = format!("nothing stands after `{name}:`; `{name}:*` finds any answer");
        return Err(QueryError { at: at + len, what });
    }
    Ok((Token::Term(Term { field, pattern: Pattern::Word(value.to_owned()) }), len))
}

/// What could be meant for a field: a colon inside an address or a time makes none.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic() || c == '_') && name != "http" && name != "https"
}

/// A phrase in quotes, in which `\"` and `\\` stand for themselves, and its length in bytes with the quotes.
fn phrase(text: &str, at: usize) -> Result<(String, usize), QueryError> {
    let mut phrase = String::new();
    let mut chars = text[at + 1..].char_indices();
    while let Some((offset, c)) = chars.next() {
        match c {
            '"' if phrase.trim().is_empty() => {
                return Err(QueryError { at, what: "nothing stands between these quotes".to_owned() });
            }
            '"' => return Ok((phrase, offset + 2)),
            '\\' => phrase.extend(chars.next().map(|(_, c)| c)),
            c => phrase.push(c),
        }
    }
    Err(QueryError { at, what: "this quote is never closed".to_owned() })
}
