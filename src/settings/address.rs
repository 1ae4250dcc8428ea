//! Settings as the part of an address after `#`.

use serde::Serialize;

use crate::{
    Error, Result, error,
    network::text::shown,
    settings::{SETTINGS, Setting, Settings},
};

/// The longest hash that is read. The longest that [`Settings::to_hash`] writes is below 600.
const LONGEST: usize = 2000;

/// A bad setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Problem {
    /// The key in the hash, known or not; empty when it is the hash as a whole.
    pub key: String,
    /// What is wrong, what was expected and what stands in.
    pub message: String,
}

impl Settings {
    /// Reads the hash of a URL, with or without `#`. Absent settings take their defaults; so do bad
    /// ones, each reported as a problem.
    pub fn from_hash(hash: &str) -> (Self, Vec<Problem>) {
        let mut settings = Self::default();
        let hash = hash.strip_prefix('#').unwrap_or(hash);
        if hash.len() > LONGEST {
            let message = format!(
                "The address holds {} bytes of settings, more than the {LONGEST} that are read. \
                 The defaults are used.",
                hash.len()
            );
            let key = String::new();
            return (settings, vec![Problem { key, message }]);
        }
        let pairs = hash.split('&').filter(|pair| !pair.is_empty());
        let pairs: Vec<Pair> = pairs.map(Pair::new).collect();
        let mut problems = Vec::new();
        // In the order of the table, as `control` comes after `networks`.
        for setting in &SETTINGS {
            let mut same = pairs.iter().filter(|pair| pair.name == setting.key);
            let complaint = match (same.next(), same.next()) {
                (None, _) => continue,
                (Some(pair), None) => {
                    let is_given = |key| pairs.iter().any(|pair| pair.name == key);
                    let yields = setting.yields_to.is_some_and(is_given);
                    settings.take(setting, pair, yields).err()
                }
                (Some(_), Some(_)) => Some(error!("“{}” is given more than once", setting.key)),
            };
            let default = setting.default_text();
            problems.extend(complaint.map(|complaint| Problem {
                key: setting.key.to_owned(),
                message: format!("{complaint}. The default, {default}, is used."),
            }));
        }
        let mut unknown: Vec<&str> = Vec::new();
        for Pair { name, .. } in &pairs {
            if Setting::find(name).is_none() && !unknown.contains(&name.as_str()) {
                unknown.push(name);
                problems.push(Problem {
                    key: shown(name),
                    message: format!("“{}” is not a setting; it is ignored.", shown(name)),
                });
            }
        }
        (settings, problems)
    }

    /// Reads a hash that is good.
    ///
    /// # Errors
    /// The first problem, if it has one.
    pub fn from_good_hash(hash: &str) -> Result<Self> {
        let (settings, problems) = Self::from_hash(hash);
        let problem = problems.into_iter().next();
        problem.map_or(Ok(settings), |problem| Err(Error::new(problem.message)))
    }

    /// The hash, without `#`, that gives these settings.
    pub fn to_hash(&self) -> String {
        let pairs = SETTINGS
            .iter()
            .filter_map(|setting| Some(format!("{}={}", setting.key, setting.write(self)?)));
        pairs.collect::<Vec<_>>().join("&")
    }

    /// Reads a value; if the setting `yields` to another, only the default is accepted.
    fn take(&mut self, setting: &Setting, pair: &Pair, yields: bool) -> Result<()> {
        let read = match pair.value.as_deref() {
            Some(value) if !yields => setting.read(self, value),
            Some(value) if value == setting.default_text() => Ok(()),
            _ => Err(setting.rule()),
        };
        read.map_err(|e| e.of(format!("“{}” cannot be used", shown(&pair.text))))
    }
}

/// A part of the hash between two `&`, percent-decoded.
struct Pair {
    text: String,
    name: String,
    /// Absent without a `=`, or if its percent-encoding is broken.
    value: Option<String>,
}

impl Pair {
    fn new(text: &str) -> Self {
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (text, None),
        };
        Self {
            text: percent_decoded(text).unwrap_or_else(|| text.to_owned()),
            name: percent_decoded(name).unwrap_or_else(|| name.to_owned()),
            value: value.and_then(percent_decoded),
        }
    }
}

/// Replaces `%2C` and its like, which some programs put into addresses that they pass on.
fn percent_decoded(text: &str) -> Option<String> {
    let mut parts = text.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let code = part.get(..2).filter(|code| !code.starts_with('+'))?;
        bytes.push(u8::from_str_radix(code, 16).ok()?);
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).ok()
}
