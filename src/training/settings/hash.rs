//! Settings as the part of an address after `#`.

use super::{Key, Problem, Settings};

/// The longest hash that is read. The longest that [`Settings::to_hash`] writes is below 150.
const LONGEST: usize = 1000;

impl Settings {
    /// Reads the hash of an address, with or without `#`. What is absent takes its default; so
    /// does what is bad, and a problem names it.
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

        let pairs: Vec<_> = hash.split('&').filter(|pair| !pair.is_empty()).collect();
        let pairs: Vec<_> = pairs.into_iter().map(Pair::new).collect();
        let mut problems = Vec::new();
        for (index, pair) in pairs.iter().enumerate() {
            if pairs[..index]
                .iter()
                .any(|earlier| earlier.name == pair.name)
            {
                continue; // It was dealt with when its name came first.
            }
            let message = match Key::ALL.into_iter().find(|key| key.name() == pair.name) {
                None => Some(format!(
                    "“{}” is not a setting; it is ignored.",
                    shown(&pair.name)
                )),
                Some(key) => {
                    let again = &pairs[index + 1..];
                    let complaint = if again.iter().any(|later| later.name == pair.name) {
                        Some(format!("“{}” is given more than once", pair.name))
                    } else {
                        settings.read(key, pair)
                    };
                    complaint.map(|complaint| {
                        let default = Self::default().value(key);
                        format!("{complaint}. The default, {default}, is used.")
                    })
                }
            };
            problems.extend(message.map(|message| Problem {
                key: shown(&pair.name),
                message,
            }));
        }
        (settings, problems)
    }

    /// The hash, without `#`, that gives these settings.
    pub fn to_hash(&self) -> String {
        let pairs: Vec<_> = Key::ALL
            .into_iter()
            .filter(|&key| key != Key::Control || self.control)
            .map(|key| format!("{}={}", key.name(), self.value(key)))
            .collect();
        pairs.join("&")
    }

    /// A value as the hash writes it.
    pub(super) fn value(&self, key: Key) -> String {
        match key {
            Key::Digits => {
                let digits: Vec<_> = self.digits.iter().map(u8::to_string).collect();
                digits.join(",")
            }
            Key::Epochs => self.epochs.to_string(),
            Key::BatchSize => self.batch_size.to_string(),
            // Both forms read back to the same number; the second would write 5e-324 in full.
            Key::LearningRate if self.learning_rate != 0.0 && self.learning_rate.abs() < 1e-6 => {
                format!("{:e}", self.learning_rate)
            }
            Key::LearningRate => self.learning_rate.to_string(),
            Key::Seed => self.seed.to_string(),
            Key::Runs => self.runs.to_string(),
            Key::Control => u8::from(self.control).to_string(),
        }
    }

    /// Takes a value from the hash, or leaves the settings as they are and says what is wrong.
    fn read(&mut self, key: Key, pair: &Pair) -> Option<String> {
        let mut changed = self.clone();
        let parsed = pair
            .value
            .as_deref()
            .and_then(|text| changed.parse(key, text));
        if parsed.is_some() && changed.allows(key) {
            *self = changed;
            return None;
        }
        Some(format!(
            "“{}” cannot be used: {}",
            shown(&pair.text),
            key.rule()
        ))
    }

    /// Reads a value, whatever its limits. Digits may come in any order.
    fn parse(&mut self, key: Key, text: &str) -> Option<()> {
        match key {
            Key::Digits => {
                self.digits = text.split(',').map(whole).collect::<Option<_>>()?;
                self.digits.sort_unstable();
            }
            Key::Epochs => self.epochs = whole(text)?,
            Key::BatchSize => self.batch_size = whole(text)?,
            Key::LearningRate => self.learning_rate = text.parse().ok()?,
            Key::Seed => self.seed = whole(text)?,
            Key::Runs => self.runs = whole(text)?,
            Key::Control => self.control = whole::<u8>(text).filter(|&flag| flag < 2)? == 1,
        }
        Some(())
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

/// Reads decimal digits, and nothing else: the standard parser would take `+5` as well.
fn whole<T: std::str::FromStr>(text: &str) -> Option<T> {
    let only_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    only_digits.then(|| text.parse().ok())?
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

/// Text from the address as a sentence can show it: short, and with nothing invisible in it.
fn shown(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short.escape_debug().to_string()
}
