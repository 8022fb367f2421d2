//! CQL2 text, read by descent: `OR` binds loosest, then `AND`, `NOT`, predicates, sums, products,
//! powers, signs.

use crate::query::cql2::lexer::{Token, tokens};
use crate::query::cql2::node::{DEPTH, FilterError, Node, operator};
use crate::query::cql2::number::Number;
use crate::query::cql2::wkt;

/// Reads a filter.
pub fn parse(filter: &str) -> Result<Node, FilterError> {
    let mut reader = Reader { tokens: tokens(filter)?, at: 0, depth: 0 };
    let node = reader.any()?;
    match reader.peek() {
        None => Ok(node),
        Some(_) => Err(reader.unexpected("here the filter should end, or go on with AND or OR")),
    }
}

/// The words and how far they are read.
pub struct Reader {
    tokens: Vec<(usize, Token)>,
    at: usize,
    depth: usize,
}

impl Reader {
    pub fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(_, token)| token)
    }

    /// The next word.
    pub fn next(&mut self) -> Option<Token> {
        let token = self.peek().cloned();
        self.at += 1;
        token
    }

    /// The error that something else should stand here.
    pub fn unexpected(&self, expected: &str) -> FilterError {
        let last = self.tokens.last().map_or(1, |(at, _)| *at);
        let (at, found) = match self.tokens.get(self.at) {
            Some((at, token)) => (*at, token.shown()),
            None => (last, "the filter ends".to_owned()),
        };
        FilterError::Syntax { found, at, expected: expected.to_owned() }
    }

    /// Reads a keyword, if it is the next word.
    pub fn word(&mut self, keyword: &str) -> bool {
        let found = self.is_word(0, keyword);
        self.at += usize::from(found);
        found
    }

    fn is_word(&self, ahead: usize, keyword: &str) -> bool {
        let token = self.tokens.get(self.at + ahead).map(|(_, token)| token);
        matches!(token, Some(Token::Word(word)) if word.eq_ignore_ascii_case(keyword))
    }

    /// Reads a sign, if it is the next word.
    pub fn sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Sign(next)) if *next == sign);
        self.at += usize::from(found);
        found
    }

    /// Reads a sign that must stand here.
    pub fn expect(&mut self, sign: &str) -> Result<(), FilterError> {
        if self.sign(sign) { Ok(()) } else { Err(self.unexpected(&format!("expected {sign:?}"))) }
    }

    /// Goes a level deeper, if there are levels left.
    fn deeper(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<Node, FilterError>,
    ) -> Result<Node, FilterError> {
        if self.depth >= DEPTH {
            return Err(FilterError::Deep);
        }
        self.depth += 1;
        let node = read(self);
        self.depth -= 1;
        node
    }

    fn any(&mut self) -> Result<Node, FilterError> {
        self.deeper(|reader| reader.chain("or", |reader| reader.chain("and", Self::negation)))
    }

    fn chain(
        &mut self,
        keyword: &str,
        mut part: impl FnMut(&mut Self) -> Result<Node, FilterError>,
    ) -> Result<Node, FilterError> {
        let first = part(self)?;
        let mut parts = vec![first];
        while self.word(keyword) {
            parts.push(part(self)?);
        }
        let only = (parts.len() == 1).then(|| parts.pop()).flatten();
        Ok(only.unwrap_or_else(|| Node::Call(keyword.to_owned(), parts)))
    }

    fn negation(&mut self) -> Result<Node, FilterError> {
        if self.word("not") {
            return self.deeper(|reader| Ok(not(reader.negation()?)));
        }
        self.predicate()
    }

    fn predicate(&mut self) -> Result<Node, FilterError> {
        let left = self.sum()?;
        for (sign, op) in [
            ("=", "="),
            ("<>", "<>"),
            ("!=", "<>"),
            ("<=", "<="),
            (">=", ">="),
            ("<", "<"),
            (">", ">"),
        ] {
            if self.sign(sign) {
                return Ok(Node::Call(op.to_owned(), vec![left, self.sum()?]));
            }
        }
        if self.word("is") {
            let negated = self.word("not");
            if !self.word("null") {
                return Err(self.unexpected("expected NULL"));
            }
            return Ok(negate_if(negated, Node::Call("isNull".to_owned(), vec![left])));
        }
        let negated = self.is_word(0, "not")
            && ["like", "between", "in"].iter().any(|word| self.is_word(1, word));
        self.at += usize::from(negated);
        let node = if self.word("like") {
            Node::Call("like".to_owned(), vec![left, self.sum()?])
        } else if self.word("between") {
            let low = self.sum()?;
            if !self.word("and") {
                return Err(self.unexpected("expected AND and the upper bound"));
            }
            Node::Call("between".to_owned(), vec![left, low, self.sum()?])
        } else if self.word("in") {
            self.expect("(")?;
            Node::Call("in".to_owned(), vec![left, Node::List(self.rest_of_list()?)])
        } else {
            left
        };
        Ok(negate_if(negated, node))
    }

    fn sum(&mut self) -> Result<Node, FilterError> {
        self.left_to_right(&["+", "-"], |reader| {
            reader.left_to_right(&["*", "/", "%", "div"], Self::power)
        })
    }

    fn left_to_right(
        &mut self,
        operators: &[&'static str],
        mut part: impl FnMut(&mut Self) -> Result<Node, FilterError>,
    ) -> Result<Node, FilterError> {
        let mut node = part(self)?;
        let mut links = 0;
        while let Some(op) = operators.iter().find(|op| self.sign(op) || self.word(op)) {
            links += 1;
            // A long sum is a deep tree.
            if links > DEPTH {
                return Err(FilterError::Deep);
            }
            node = Node::Call((*op).to_owned(), vec![node, part(self)?]);
        }
        Ok(node)
    }

    fn power(&mut self) -> Result<Node, FilterError> {
        let base = self.signed()?;
        if self.sign("^") {
            return Ok(Node::Call("^".to_owned(), vec![base, self.deeper(Self::power)?]));
        }
        Ok(base)
    }

    fn signed(&mut self) -> Result<Node, FilterError> {
        if self.sign("-") {
            return Ok(match self.deeper(Self::signed)? {
                Node::Number(number) => Node::Number(number.negated()),
                other => Node::Call("*".to_owned(), vec![Node::Number(Number::Integer(-1)), other]),
            });
        }
        if self.sign("+") {
            return self.deeper(Self::signed);
        }
        self.primary()
    }

    fn primary(&mut self) -> Result<Node, FilterError> {
        if self.sign("(") {
            let mut items = self.rest_of_list()?;
            let single = items.len() == 1;
            return Ok(if single { items.remove(0) } else { Node::List(items) });
        }
        let expected = "expected a property, 'text', a number, TRUE, FALSE, a geometry or (";
        match self.peek().cloned() {
            Some(Token::Text(text)) => {
                self.at += 1;
                Ok(Node::Text(text))
            }
            Some(Token::Number(text)) => {
                let number = Number::parse(&text);
                let number = number.ok_or_else(|| self.unexpected("that is no number"))?;
                self.at += 1;
                Ok(Node::Number(number))
            }
            Some(Token::Quoted(name)) => {
                self.at += 1;
                self.name(name)
            }
            Some(Token::Word(word)) => {
                let reserved = ["and", "or", "not", "in", "is", "like", "between", "null"];
                if reserved.iter().any(|reserved| word.eq_ignore_ascii_case(reserved)) {
                    return Err(self.unexpected(expected));
                }
                self.at += 1;
                match word.to_lowercase().as_str() {
                    "true" => Ok(Node::Boolean(true)),
                    "false" => Ok(Node::Boolean(false)),
                    lower if wkt::is_shape(lower) && !self.ends_name() => wkt::shape(self, lower),
                    _ => self.name(word),
                }
            }
            _ => Err(self.unexpected(expected)),
        }
    }

    /// Whether a word that looks like the beginning of a geometry is a property of that name.
    fn ends_name(&self) -> bool {
        let begins = |word: &str| self.is_word(0, word);
        !matches!(self.peek(), Some(Token::Sign("(")))
            && !["z", "m", "zm", "empty"].iter().any(|word| begins(word))
    }

    /// A property, or a function where an opening bracket follows.
    fn name(&mut self, name: String) -> Result<Node, FilterError> {
        if !self.sign("(") {
            return Ok(Node::Property(name));
        }
        let operands = if self.sign(")") { Vec::new() } else { self.rest_of_list()? };
        let op = operator(&name);
        match (op.as_str(), operands.as_slice()) {
            ("date" | "timestamp", [Node::Text(instant)]) => Ok(Node::Instant(instant.clone())),
            ("bbox", _) => {
                let numbers = operands.iter().map(|operand| match operand {
                    Node::Number(number) => Some(number.real()),
                    _ => None,
                });
                wkt::bbox(&numbers.collect::<Option<Vec<f64>>>().unwrap_or_default())
                    .map(Node::Shape)
            }
            _ => Ok(Node::Call(op, operands)),
        }
    }

    /// The items of a list whose bracket is open.
    fn rest_of_list(&mut self) -> Result<Vec<Node>, FilterError> {
        let mut items = vec![self.any()?];
        while self.sign(",") {
            items.push(self.any()?);
        }
        if self.sign(")") { Ok(items) } else { Err(self.unexpected("expected , or )")) }
    }
}

fn not(node: Node) -> Node {
    Node::Call("not".to_owned(), vec![node])
}

fn negate_if(negated: bool, node: Node) -> Node {
    if negated { not(node) } else { node }
}
