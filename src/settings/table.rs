//! The settings, a row each.

use std::{ops::RangeInclusive, str::FromStr};

use crate::{
    network::{
        notebook, notebook_and_control, parse_networks, print_networks,
        text::{RATE_RULE, parse_rate, print_rate, whole},
    },
    settings::Settings,
};

/// A setting: its names, what it may be, and how it is read and written.
pub struct Setting {
    /// The key in the address's hash.
    pub key: &'static str,
    /// The option on the command line, after `--`.
    pub option: &'static str,
    /// The label in the form.
    pub label: &'static str,
    /// What it is, in a sentence that says what it must be.
    pub subject: &'static str,
    /// What it must be.
    pub expected: &'static str,
    /// What the form asks for it with.
    pub input: Input,
    /// The key of a setting beside which this one can only have its default.
    pub(crate) yields_to: Option<&'static str>,
    /// Takes a value, or leaves the settings as they are and says what is wrong.
    read: fn(&mut Settings, &str) -> Result<(), Complaint>,
    /// The value, unless it goes without saying.
    write: fn(&Settings) -> Option<String>,
    /// The value that stands in for a bad one.
    default: fn() -> String,
}

/// What a form asks for a setting with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Input {
    /// A whole number within limits.
    Whole {
        /// The least.
        least: u32,
        /// The greatest.
        most: u32,
    },
    /// A number above 0.
    Rate,
    /// A tick for each digit.
    Digits,
    /// A list of networks.
    Networks,
    /// A tick.
    Flag,
}

/// What is wrong with a value.
enum Complaint {
    /// It is not what is expected.
    Unexpected,
    /// Something that a sentence of its own says.
    Said(String),
}

/// A row for a whole number.
macro_rules! whole {
    ($key:literal, $option:literal, $label:literal, $subject:literal, $field:ident, $least:literal..=$most:literal) => {
        Setting {
            key: $key,
            option: $option,
            label: $label,
            subject: $subject,
            expected: concat!("a whole number from ", $least, " to ", $most),
            input: Input::Whole { least: $least, most: $most },
            yields_to: None,
            read: |settings, text| {
                settings.$field = within(text, $least..=$most)?;
                Ok(())
            },
            write: |settings| Some(settings.$field.to_string()),
            default: || Settings::default().$field.to_string(),
        }
    };
}

/// Every setting, in the order of the hash and the form.
///
/// The limits keep a run within hours and its batches within memory; beyond them lie slips of the
/// finger rather than experiments.
pub static SETTINGS: [Setting; 8] = [
    Setting {
        key: "digits",
        option: "digits",
        label: "Digits",
        subject: "the digits",
        expected: "2 to 10 different ones of 0 to 9, in ascending order and with commas between \
                   them",
        input: Input::Digits,
        yields_to: None,
        read: |settings, text| {
            settings.digits = digits(text).ok_or(Complaint::Unexpected)?;
            Ok(())
        },
        write: |settings| Some(print_digits(&settings.digits)),
        default: || print_digits(&Settings::default().digits),
    },
    whole!("epochs", "epochs", "Epochs", "the number of epochs", epochs, 1..=1000),
    whole!("batch", "batch", "Batch size", "the batch size", batch_size, 1..=1024),
    Setting {
        key: "lr",
        option: "rate",
        label: "Learning rate",
        subject: "the learning rate",
        expected: RATE_RULE,
        input: Input::Rate,
        yields_to: None,
        read: |settings, text| {
            settings.learning_rate = parse_rate(text).map_err(|_| Complaint::Unexpected)?;
            Ok(())
        },
        write: |settings| Some(print_rate(settings.learning_rate)),
        default: || print_rate(Settings::default().learning_rate),
    },
    whole!("seed", "seed", "Seed", "the seed", seed, 0..=4294967295),
    whole!("runs", "runs", "Runs", "the number of runs", runs, 1..=20),
    Setting {
        key: "networks",
        option: "networks",
        label: "Networks",
        subject: "the networks",
        expected: "1 to 4, each a name, a colon and layers, such as dense:relu100,relu50",
        input: Input::Networks,
        yields_to: None,
        read: |settings, text| {
            settings.networks = parse_networks(text).map_err(|e| Complaint::Said(e.to_string()))?;
            Ok(())
        },
        write: |settings| {
            let goes_without_saying = [notebook(), notebook_and_control()];
            let is_said = !goes_without_saying.contains(&settings.networks);
            is_said.then(|| print_networks(&settings.networks))
        },
        default: || print_networks(&notebook()),
    },
    // Short for the notebook's networks and the control, where `networks` is left out.
    Setting {
        key: "control",
        option: "control",
        label: "Control network",
        subject: "control",
        expected: "0, or 1 where networks is left out",
        input: Input::Flag,
        yields_to: Some("networks"),
        read: |settings, text| match text {
            "0" => Ok(()),
            "1" if settings.networks == notebook() => {
                settings.networks = notebook_and_control();
                Ok(())
            }
            _ => Err(Complaint::Unexpected),
        },
        write: |settings| (settings.networks == notebook_and_control()).then(|| "1".to_owned()),
        default: || "0".to_owned(),
    },
];

impl Setting {
    /// The setting with this key.
    pub fn find(key: &str) -> Option<&'static Self> {
        SETTINGS.iter().find(|setting| setting.key == key)
    }

    /// Takes a value from text, or leaves the settings as they are.
    ///
    /// # Errors
    /// What the value must be, without a full stop.
    pub fn read(&self, settings: &mut Settings, text: &str) -> Result<(), String> {
        (self.read)(settings, text).map_err(|complaint| match complaint {
            Complaint::Unexpected => self.rule(),
            Complaint::Said(sentence) => sentence,
        })
    }

    /// What it must be, in a sentence without a full stop.
    pub(crate) fn rule(&self) -> String {
        format!("{} must be {}", self.subject, self.expected)
    }

    /// The value as text, unless it goes without saying.
    pub fn write(&self, settings: &Settings) -> Option<String> {
        (self.write)(settings)
    }

    /// The value that stands in for a bad one, as text.
    pub fn default_text(&self) -> String {
        (self.default)()
    }
}

/// A whole number within limits.
fn within<T: FromStr + PartialOrd>(text: &str, limits: RangeInclusive<T>) -> Result<T, Complaint> {
    let number = whole(text).filter(|number| limits.contains(number));
    number.ok_or(Complaint::Unexpected)
}

/// Digits with commas between them, in any order.
fn digits(text: &str) -> Option<Vec<u8>> {
    let mut digits: Vec<u8> = text.split(',').map(whole).collect::<Option<_>>()?;
    digits.sort_unstable();
    let are_right = (2..=10).contains(&digits.len())
        && digits.is_sorted_by(|a, b| a < b)
        && digits.iter().all(|&digit| digit <= 9);
    are_right.then_some(digits)
}

fn print_digits(digits: &[u8]) -> String {
    let digits: Vec<_> = digits.iter().map(u8::to_string).collect();
    digits.join(",")
}
