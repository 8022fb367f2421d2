//! Thirty questions that a reader of the documents can answer, put to the interface
//! (`questions.toml`, which also explains the conditions).

mod common;

use std::collections::HashSet;

use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    question: Vec<Question>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    /// Plan and section that answer it, `yunyang 专栏5`.
    section: String,
    /// Line of the document.
    line: u32,
    ask: String,
    get: String,
    expect: Vec<Condition>,
    #[serde(default)]
    absent: Vec<Condition>,
}

/// One of `is`, `has` and `are`, about the values that `at` selects.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Condition {
    at: String,
    is: Option<Value>,
    has: Option<Value>,
    are: Option<Vec<Value>>,
}

impl Condition {
    fn holds(&self, answer: &Value) -> bool {
        let found = select(answer, &self.at);
        match (&self.is, &self.has, &self.are) {
            (Some(wanted), None, None) => found.len() == 1 && matches(wanted, found[0]),
            (None, Some(wanted), None) => found.iter().any(|value| matches(wanted, value)),
            (None, None, Some(wanted)) => are(wanted, found),
            _ => panic!("{self:?} must have one of is, has and are"),
        }
    }

    fn words(&self) -> String {
        let one = self.is.as_ref().map(|value| format!("is {value}"));
        let has = self.has.as_ref().map(|value| format!("has {value}"));
        let are = self.are.as_ref().map(|values| format!("are {}", Value::from(values.clone())));
        format!("{} {}", self.at, one.or(has).or(are).unwrap_or_default())
    }
}

/// The values a JSON pointer leads to; `*` stands for every item of an array.
fn select<'a>(answer: &'a Value, pointer: &str) -> Vec<&'a Value> {
    assert!(pointer.starts_with('/'), "{pointer:?} is no pointer");
    pointer[1..].split('/').fold(vec![answer], |values, step| {
        let below = |value: &'a Value| match value {
            Value::Array(items) if step == "*" => items.iter().collect(),
            Value::Array(items) => {
                step.parse().ok().and_then(|i: usize| items.get(i)).into_iter().collect()
            }
            other => other.get(step).into_iter().collect::<Vec<_>>(),
        };
        values.into_iter().flat_map(below).collect()
    })
}

/// Whether `found` is what is wanted; an object may have more members than are asked for.
fn matches(wanted: &Value, found: &Value) -> bool {
    match (wanted, found) {
        (Value::Object(wanted), Value::Object(found)) => {
            wanted.iter().all(|(key, value)| found.get(key).is_some_and(|f| matches(value, f)))
        }
        (Value::Array(wanted), Value::Array(found)) => {
            wanted.len() == found.len() && wanted.iter().zip(found).all(|(w, f)| matches(w, f))
        }
        (Value::Number(wanted), Value::Number(found)) => wanted.as_f64() == found.as_f64(),
        _ => wanted == found,
    }
}

fn are(wanted: &[Value], mut found: Vec<&Value>) -> bool {
    let each = wanted.iter().all(|value| {
        let position = found.iter().position(|f| matches(value, f));
        position.map(|i| found.swap_remove(i)).is_some()
    });
    each && found.is_empty()
}

fn questions() -> Vec<Question> {
    toml::from_str::<Sheet>(include_str!("questions.toml")).unwrap().question
}

async fn faults(question: &Question) -> Vec<String> {
    let answer = common::get(&question.get).await;
    if answer.status != 200 {
        return vec![format!("status {}", answer.status)];
    }
    let answer = answer.json();
    let shown = |condition: &Condition| {
        let found = select(&answer, &condition.at);
        let mut text = serde_json::to_string(&found).unwrap();
        if let Some((end, _)) = text.char_indices().nth(600) {
            text.replace_range(end.., " …");
        }
        format!("{}\n      found {text}", condition.words())
    };
    let missing = question.expect.iter().filter(|c| !c.holds(&answer));
    let wrong =
        question.absent.iter().filter(|c| c.holds(&answer) || select(&answer, &c.at).is_empty());
    let missing = missing.map(|c| format!("expected {}", shown(c)));
    missing.chain(wrong.map(|c| format!("must not be {}", shown(c)))).collect()
}

#[tokio::test]
async fn what_a_reader_of_the_documents_would_answer_the_interface_answers() {
    let mut wrong = Vec::new();
    for question in questions() {
        let Question { section, line, ask, get, .. } = &question;
        assert!(!question.expect.is_empty(), "{ask} expects nothing");
        let faults = faults(&question).await;
        if !faults.is_empty() {
            wrong.push(format!("{ask}  ({section}, line {line})\n  {get}"));
            wrong.extend(faults.iter().map(|fault| format!("    {fault}")));
        }
    }
    assert!(wrong.is_empty(), "wrong answers:\n{}", wrong.join("\n"));
}

#[tokio::test]
async fn the_questions_come_from_thirty_sections() {
    let atlas = common::get("/api/atlas").await.json();
    let mut asked = HashSet::new();
    for question in questions() {
        let (plan, section) = question.section.split_once(' ').expect("plan and section");
        let plans = atlas["plans"].as_array().unwrap();
        let plan = plans.iter().find(|p| p["id"] == plan).expect("a plan of the atlas");
        assert!(common::values(&plan["sections"], "id").contains(&section), "{section}");
        assert!(asked.insert(question.section.clone()), "{section} is asked about twice");
    }
    assert_eq!(asked.len(), 30);
}

#[test]
fn conditions_are_strict() {
    let answer =
        serde_json::json!({ "items": [{ "n": 1, "who": ["a", "b"] }, { "n": 2.0, "who": [] }] });
    let holds = |condition: &str| toml::from_str::<Condition>(condition).unwrap().holds(&answer);
    for condition in [
        "at = '/items/*/n'\nare = [2, 1]",
        "at = '/items/*'\nhas = { n = 1, who = ['a', 'b'] }",
        "at = '/items/1/n'\nis = 2",
        "at = '/items/*/who/*'\nhas = 'b'",
    ] {
        assert!(holds(condition), "{condition}");
    }
    for condition in [
        "at = '/items/*/n'\nare = [1]",
        "at = '/items/*/n'\nare = [1, 2, 2]",
        "at = '/items/*/n'\nis = 1",
        "at = '/items/*'\nhas = { n = 2, who = ['a', 'b'] }",
        "at = '/items/*'\nhas = { who = ['a'] }",
        "at = '/items/*/name'\nhas = 'a'",
    ] {
        assert!(!holds(condition), "{condition}");
    }
}
