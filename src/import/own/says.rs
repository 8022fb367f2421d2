//! What is said of an edited layer, in Chinese and English.

use crate::import::own::shape::Shift;
use crate::load::Lang;

/// A sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    zh: String,
    en: String,
}

impl Said {
    /// A sentence.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The sentence in one language.
    #[must_use]
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// What becomes of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is new.
    Added,
    /// It goes.
    Removed,
    /// Some of it changes.
    Changed,
    /// It stays as it is; something is to be said of it.
    Kept,
}

/// A row of the file, or a place that is missing in it.
#[derive(Debug, Clone)]
pub struct Edit {
    /// Which row, as words.
    pub at: Option<Said>,
    /// Id of the place.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What becomes of it.
    pub fate: Fate,
    /// Each change.
    pub parts: Vec<Said>,
    /// What is not written, and where it is to be changed.
    pub notes: Vec<Said>,
    /// What cannot be written.
    pub refusals: Vec<Said>,
}

impl Edit {
    /// The change as a line of text: `~ yunyang:longgang 龙缸景区 | 名称 name：旧 → 新`.
    #[must_use]
    pub fn change(&self, lang: Lang) -> Option<String> {
        let sign = match self.fate {
            Fate::Added => '+',
            Fate::Removed => '-',
            Fate::Changed => '~',
            Fate::Kept => return None,
        };
        let mut line = format!("{sign} {} {}", self.id, self.name);
        if !self.parts.is_empty() {
            line.push_str(" | ");
            line.push_str(&joined(&self.parts, lang));
        }
        Some(line)
    }

    /// The remarks on it, a line each.
    #[must_use]
    pub fn remarks(&self, lang: Lang) -> Vec<String> {
        self.notes.iter().map(|note| self.line(note, lang)).collect()
    }

    /// Why it is refused, a line each.
    #[must_use]
    pub fn refused(&self, lang: Lang) -> Vec<String> {
        self.refusals.iter().map(|refusal| self.line(refusal, lang)).collect()
    }

    fn line(&self, said: &Said, lang: Lang) -> String {
        let at = self.at.as_ref().map(|at| format!("{} ", at.text(lang))).unwrap_or_default();
        let who = [self.id.as_str(), self.name.as_str()].join(" ");
        let colon = if lang == Lang::Zh { "：" } else { ": " };
        format!("{at}{}{colon}{}", who.trim(), said.text(lang))
    }
}

fn joined(parts: &[Said], lang: Lang) -> String {
    let texts: Vec<&str> = parts.iter().map(|part| part.text(lang)).collect();
    texts.join(if lang == Lang::Zh { "；" } else { "; " })
}

/// The change of one field.
pub fn changed(title: &str, key: &str, before: Option<&str>, after: Option<&str>) -> Said {
    let change = format!("{} → {}", short(before), short(after));
    Said::new(format!("{title} {key}：{change}"), format!("{key}: {change}"))
}

/// The change of a shape.
pub fn moved(shift: &Shift) -> Said {
    match shift {
        Shift::Located => Said::new("位置 geometry：新增", "geometry: located"),
        Shift::Removed => Said::new("位置 geometry：删除", "geometry: removed"),
        Shift::Moved { before: 1, after: 1, metres, .. } => Said::new(
            format!("位置 geometry：移动 {metres:.2} 米"),
            format!("geometry: moved by {metres:.2} m"),
        ),
        Shift::Moved { moved, metres, before, after } if before == after => Said::new(
            format!("形状 geometry：{before} 个点中 {moved} 个移动，最远 {metres:.2} 米"),
            format!("geometry: {moved} of {before} positions moved, by {metres:.2} m at most"),
        ),
        Shift::Moved { moved, metres, before, after } => Said::new(
            format!(
                "形状 geometry：{before} → {after} 个点，其中 {moved} 个新位置，最远 {metres:.2} 米"
            ),
            format!(
                "geometry: {before} → {after} positions, {moved} of them new, {metres:.2} m off at most"
            ),
        ),
        Shift::Same | Shift::OtherSort => Said::new("", ""),
    }
}

/// A value as it fits into a line.
fn short(value: Option<&str>) -> String {
    let Some(value) = value else { return "—".to_owned() };
    let value = value.replace(['\r', '\n'], " ");
    let mut short: String = value.chars().take(60).collect();
    if short.len() < value.len() {
        short.push('…');
    }
    short
}
