//! From words to tests: every name is looked up, and operands that do not go together are refused.

use crate::query::collection::{FeatureSource, GEOMETRY};
use crate::query::cql2::fold::fold;
use crate::query::cql2::like::Pattern;
use crate::query::cql2::node::{FilterError, Node};
use crate::query::cql2::number::Number;
use crate::query::cql2::term::{Arithmetic, Term, Type};
use crate::query::cql2::test::{Comparison, ListRelation, Relation, Shape, Test};

/// What a node says of a row.
pub fn test(node: &Node, source: &dyn FeatureSource) -> Result<Test, FilterError> {
    let Node::Call(op, operands) = node else {
        let term = term(node, source)?;
        return match (term.kind(), term) {
            (_, Term::Boolean(yes)) => Ok(Test::Constant(yes)),
            (Type::Boolean, term) => Ok(Test::Is(term)),
            (kind, _) => Err(operands_error(format!(
                "{} stands where something true or false should",
                kind.name()
            ))),
        };
    };
    if let Some(relation) = Relation::from_name(op) {
        let [a, b] = exactly(op, operands)?;
        return Ok(Test::Relates(relation, shape(a, source)?, shape(b, source)?));
    }
    if let Some(comparison) = comparison(op) {
        let [a, b] = exactly(op, operands)?;
        let (a, b) = (term(a, source)?, term(b, source)?);
        alike(op, &a, &b)?;
        return Ok(Test::Compare(comparison, a, b));
    }
    if let Some(relation) = list_relation(op) {
        let [a, b] = exactly(op, operands)?;
        return Ok(Test::Lists(relation, list(op, a, source)?, list(op, b, source)?));
    }
    match op.as_str() {
        "and" | "or" => {
            if operands.len() < 2 {
                return Err(operands_error(format!("{op} takes two operands or more")));
            }
            let tests: Result<_, _> = operands.iter().map(|part| test(part, source)).collect();
            Ok(if op == "and" { Test::And(tests?) } else { Test::Or(tests?) })
        }
        "not" => {
            let [inner] = exactly(op, operands)?;
            Ok(Test::Not(Box::new(test(inner, source)?)))
        }
        "isNull" => {
            let [inner] = exactly(op, operands)?;
            if is_geometry(inner) {
                return Ok(Test::Unlocated);
            }
            if let Node::Property(name) = inner {
                return Ok(Test::Unknown(property(name, source)?));
            }
            term(inner, source).map(Test::Unknown)
        }
        "between" => {
            let [value, low, high] = exactly(op, operands)?;
            let (value, low, high) =
                (term(value, source)?, term(low, source)?, term(high, source)?);
            alike(op, &value, &low)?;
            alike(op, &value, &high)?;
            Ok(Test::Between(value, low, high))
        }
        "in" => {
            let [value, items] = exactly(op, operands)?;
            let Node::List(items) = items else {
                return Err(operands_error("IN takes a list in brackets".to_owned()));
            };
            let value = term(value, source)?;
            let items: Vec<Term> =
                items.iter().map(|item| term(item, source)).collect::<Result<_, _>>()?;
            items.iter().try_for_each(|item| alike(op, &value, item))?;
            Ok(Test::In(value, items))
        }
        "like" => {
            let [text, pattern] = exactly(op, operands)?;
            let text = term(text, source)?;
            if text.kind() != Type::Text {
                let kind = text.kind().name();
                return Err(operands_error(format!("LIKE looks at text, not at {kind}")));
            }
            pattern_of(pattern).map(|pattern| Test::Like(text, pattern))
        }
        _ => match term(node, source)? {
            term if term.kind() == Type::Boolean => Ok(Test::Is(term)),
            term => Err(operands_error(format!(
                "{op} gives {}, where something true or false should stand",
                term.kind().name()
            ))),
        },
    }
}

/// The test that a field has a value, written as in an address.
pub fn equals(field: usize, value: &str, source: &dyn FeatureSource) -> Result<Test, FilterError> {
    let name = &source.fields()[field].key;
    let wrong = |what: &str| operands_error(format!("{name} is {value:?}; it takes {what}"));
    let own = property(name, source)?;
    let value = match own.kind() {
        Type::List => {
            let one = Term::List(vec![value.to_owned()]);
            return Ok(Test::Lists(ListRelation::Contains, own, one));
        }
        Type::Text => Term::Text(value.to_owned()),
        Type::Number => Term::Number(Number::parse(value).ok_or_else(|| wrong("a number"))?),
        Type::Boolean => Term::Boolean(value.parse().map_err(|_| wrong("true or false"))?),
    };
    Ok(Test::Compare(Comparison::Equal, own, value))
}

fn term(node: &Node, source: &dyn FeatureSource) -> Result<Term, FilterError> {
    match node {
        Node::Property(name) if name == GEOMETRY => Err(operands_error(
            "the geometry is compared with s_intersects and its kin only".to_owned(),
        )),
        Node::Property(name) => property(name, source),
        Node::Text(text) => Ok(Term::Text(text.clone())),
        Node::Number(number) => Ok(Term::Number(*number)),
        Node::Boolean(yes) => Ok(Term::Boolean(*yes)),
        Node::Instant(instant) => {
            Err(operands_error(format!("{instant:?} is a date, and no property here is one")))
        }
        Node::Shape(_) => Err(operands_error(
            "a geometry is compared with s_intersects and its kin only".to_owned(),
        )),
        Node::List(items) => {
            let text = |item: &Node| match item {
                Node::Text(text) => Ok(text.clone()),
                _ => Err(operands_error("a list here holds texts only".to_owned())),
            };
            items.iter().map(text).collect::<Result<_, _>>().map(Term::List)
        }
        Node::Call(op, operands) if op == "casei" => {
            let [text] = exactly(op, operands)?;
            let text = term(text, source)?;
            match text.kind() {
                Type::Text => Ok(Term::Fold(Box::new(text))),
                kind => Err(operands_error(format!("CASEI takes text, not {}", kind.name()))),
            }
        }
        Node::Call(op, operands) => {
            let operator =
                Arithmetic::from_sign(op).ok_or_else(|| FilterError::Function(op.clone()))?;
            let [a, b] = exactly(op, operands)?;
            let (a, b) = (term(a, source)?, term(b, source)?);
            for kind in [a.kind(), b.kind()] {
                if kind != Type::Number {
                    let text = format!("{op} takes numbers, not {}", kind.name());
                    return Err(operands_error(text));
                }
            }
            Ok(Term::Computed(operator, Box::new(a), Box::new(b)))
        }
    }
}

fn property(name: &str, source: &dyn FeatureSource) -> Result<Term, FilterError> {
    let known = source.fields().iter().enumerate();
    let mut queryable = known.filter_map(|(i, field)| Some((i, field, Type::of(field.kind)?)));
    if let Some((i, _, kind)) = queryable.clone().find(|(_, field, _)| field.key == name) {
        return Ok(Term::Field(i, kind));
    }
    let mut names = vec![GEOMETRY];
    names.extend(queryable.by_ref().map(|(_, field, _)| &*field.key));
    Err(FilterError::Property { name: name.to_owned(), known: names.join(", ") })
}

fn is_geometry(node: &Node) -> bool {
    matches!(node, Node::Property(name) if name == GEOMETRY)
}

fn shape(node: &Node, source: &dyn FeatureSource) -> Result<Shape, FilterError> {
    match node {
        node if is_geometry(node) => Ok(Shape::Own),
        Node::Shape(geometry) => Ok(Shape::given(geometry.clone())),
        Node::Property(name) => {
            property(name, source)?;
            Err(operands_error(format!("{name} is no geometry; the geometry is {GEOMETRY:?}")))
        }
        _ => Err(operands_error(
            "s_intersects and its kin take the property geometry, and a geometry".to_owned(),
        )),
    }
}

/// A list, or one text as a list of one: `('a')` is read as `'a'`.
fn list(op: &str, node: &Node, source: &dyn FeatureSource) -> Result<Term, FilterError> {
    match term(node, source)? {
        Term::Text(text) => Ok(Term::List(vec![text])),
        term if term.kind() == Type::List => Ok(term),
        term => Err(operands_error(format!("{op} takes lists, not {}", term.kind().name()))),
    }
}

fn pattern_of(node: &Node) -> Result<Pattern, FilterError> {
    match node {
        Node::Text(text) => Ok(Pattern::new(text)),
        Node::Call(op, operands) if op == "casei" => match operands.as_slice() {
            [Node::Text(text)] => Ok(Pattern::new(&fold(text))),
            _ => Err(operands_error("CASEI takes one text".to_owned())),
        },
        _ => Err(operands_error("the pattern of LIKE is a text".to_owned())),
    }
}

fn alike(op: &str, a: &Term, b: &Term) -> Result<(), FilterError> {
    match (a.kind(), b.kind()) {
        (Type::List, _) | (_, Type::List) => Err(operands_error(format!(
            "{op} compares single values; ask a list with a_contains(property, ('…'))"
        ))),
        (a, b) if a == b => Ok(()),
        (a, b) => Err(operands_error(format!("{op} compares {} with {}", a.name(), b.name()))),
    }
}

fn exactly<'n, const N: usize>(
    op: &str,
    operands: &'n [Node],
) -> Result<&'n [Node; N], FilterError> {
    let given = operands.len();
    let error = |_| operands_error(format!("{op} takes {N} operands, not {given}"));
    operands.try_into().map_err(error)
}

fn comparison(op: &str) -> Option<Comparison> {
    Some(match op {
        "=" => Comparison::Equal,
        "<>" => Comparison::NotEqual,
        "<" => Comparison::Less,
        ">" => Comparison::Greater,
        "<=" => Comparison::AtMost,
        ">=" => Comparison::AtLeast,
        _ => return None,
    })
}

fn list_relation(op: &str) -> Option<ListRelation> {
    Some(match op {
        "a_equals" => ListRelation::Equals,
        "a_contains" => ListRelation::Contains,
        "a_containedBy" => ListRelation::ContainedBy,
        "a_overlaps" => ListRelation::Overlaps,
        _ => return None,
    })
}

fn operands_error(text: String) -> FilterError {
    FilterError::Operands(text)
}
