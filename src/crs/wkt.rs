//! The syntax of well-known text of reference systems: keywords with arguments in brackets.

/// How deep definitions nest at most; real ones stay below ten.
const DEPTH: usize = 32;

/// A keyword and what stands in its brackets.
#[derive(Debug, PartialEq)]
pub struct Node {
    keyword: String,
    arguments: Vec<Argument>,
}

#[derive(Debug, PartialEq)]
enum Argument {
    /// A quoted text, a number or a bare word.
    Text(String),
    Node(Node),
}

impl Node {
    /// Reads one definition; `None` when it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let mut rest = text.trim();
        match argument(&mut rest, 0)? {
            Argument::Node(node) if rest.trim().is_empty() => Some(node),
            _ => None,
        }
    }

    /// The keyword in capitals.
    pub fn keyword(&self) -> &str {
        &self.keyword
    }

    /// The argument at `position`, where it is no node.
    pub fn text(&self, position: usize) -> Option<&str> {
        match self.arguments.get(position)? {
            Argument::Text(text) => Some(text),
            Argument::Node(_) => None,
        }
    }

    /// The argument at `position` as a number.
    pub fn number(&self, position: usize) -> Option<f64> {
        self.text(position)?.trim().parse().ok()
    }

    /// The arguments that are nodes.
    pub fn nodes(&self) -> impl Iterator<Item = &Self> {
        self.arguments.iter().filter_map(|argument| match argument {
            Argument::Node(node) => Some(node),
            Argument::Text(_) => None,
        })
    }
}

fn argument(rest: &mut &str, depth: usize) -> Option<Argument> {
    *rest = rest.trim_start();
    if let Some(quoted) = rest.strip_prefix('"') {
        // A quotation mark within is written twice.
        let mut text = String::new();
        let mut after = quoted;
        loop {
            let end = after.find('"')?;
            text.push_str(&after[..end]);
            after = &after[end + 1..];
            match after.strip_prefix('"') {
                Some(more) => {
                    text.push('"');
                    after = more;
                }
                None => break,
            }
        }
        *rest = after;
        return Some(Argument::Text(text));
    }
    let end = rest.find([',', '[', ']', '(', ')']).unwrap_or(rest.len());
    let word = rest[..end].trim().to_owned();
    *rest = &rest[end..];
    if !rest.starts_with(['[', '(']) {
        return Some(Argument::Text(word)).filter(|_| end > 0);
    }
    if depth >= DEPTH {
        return None;
    }
    *rest = &rest[1..];
    let mut arguments = Vec::new();
    loop {
        arguments.push(argument(rest, depth + 1)?);
        *rest = rest.trim_start();
        let next = rest.chars().next()?;
        *rest = &rest[next.len_utf8()..];
        match next {
            ',' => {}
            ']' | ')' => break,
            _ => return None,
        }
    }
    Some(Argument::Node(Node { keyword: word.to_uppercase(), arguments }))
}

#[cfg(test)]
mod tests {
    use super::Node;

    #[test]
    fn brackets_quotes_and_numbers_are_told_apart() {
        let node = Node::parse(r#"GEOGCS["a ""b"", c",DATUM("d"), UNIT["Degree",0.0174] ]"#);
        let node = node.unwrap();
        assert_eq!((node.keyword(), node.text(0)), ("GEOGCS", Some("a \"b\", c")));
        let units: Vec<_> = node.nodes().filter_map(|n| n.number(1)).collect();
        assert_eq!(units, [0.0174]);
    }

    #[test]
    fn text_that_breaks_off_or_nests_without_end_is_none() {
        for broken in ["GEOGCS[\"a", "GEOGCS[", "GEOGCS", "[", "A[1]]", "A[1]é", "A[\"x\"é]"] {
            assert_eq!(Node::parse(broken), None, "{broken}");
        }
        assert_eq!(Node::parse(&"A[".repeat(100_000)), None);
    }
}
