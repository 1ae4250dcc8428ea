//! The settings, a row each.

use serde::{Serialize, Serializer};

use crate::{
    Error, Result, error,
    network::{
        limits::{NETWORKS_RULE, RATE_RULE},
        notebook, notebook_and_control, parse_networks, print_networks,
        text::{parse_digits, parse_rate, print_digits, print_rate, whole},
    },
    settings::Settings,
};

/// A setting: its names, what it may be, and how it is read and written.
#[derive(Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(rename = "SettingRow"))]
pub struct Setting {
    /// The key in the address's hash.
    pub key: &'static str,
    /// The option on the command line, after `--`.
    #[serde(skip)]
    pub option: &'static str,
    /// The label in the form.
    pub label: &'static str,
    /// Its name in an error message: “`subject` must be `expected`”.
    pub subject: &'static str,
    /// What it must be.
    pub expected: &'static str,
    /// Its input in the form.
    pub input: Input,
    /// If the setting with this key is given, this one must have its default.
    #[serde(skip)]
    pub(crate) yields_to: Option<&'static str>,
    /// Sets the value, or leaves the settings as they are and says what is wrong.
    #[serde(skip)]
    read: fn(&mut Settings, &str) -> std::result::Result<(), Complaint>,
    /// The value; `None` if it is implied.
    #[serde(skip)]
    write: fn(&Settings) -> Option<String>,
    /// The value that stands in for a bad one.
    #[serde(rename = "default_text", serialize_with = "called")]
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string"))]
    default: fn() -> String,
}

/// What a form asks for a setting with.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
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

/// What is wrong with a value; `None` where [`Setting::rule`] says it all.
type Complaint = Option<Error>;

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
                let number = whole(text).filter(|number| ($least..=$most).contains(number));
                settings.$field = number.ok_or(None)?;
                Ok(())
            },
            write: |settings| Some(settings.$field.to_string()),
            default: || Settings::default().$field.to_string(),
        }
    };
}

/// Every setting, in the order of the hash and the form.
///
/// The limits keep a run within hours and its batches within memory; anything beyond them is a typo
/// rather than an experiment.
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
            settings.digits = digits(text).ok_or(None)?;
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
            settings.learning_rate = parse_rate(text).map_err(|_| None)?;
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
        expected: NETWORKS_RULE,
        input: Input::Networks,
        yields_to: None,
        read: |settings, text| {
            settings.networks = parse_networks(text).map_err(Some)?;
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
            "0" => {
                if settings.networks == notebook_and_control() {
                    settings.networks = notebook();
                }
                Ok(())
            }
            "1" if [notebook(), notebook_and_control()].contains(&settings.networks) => {
                settings.networks = notebook_and_control();
                Ok(())
            }
            _ => Err(None),
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
    pub fn read(&self, settings: &mut Settings, text: &str) -> Result<()> {
        (self.read)(settings, text).map_err(|complaint| complaint.unwrap_or_else(|| self.rule()))
    }

    /// What it must be, in a sentence without a full stop.
    pub(crate) fn rule(&self) -> Error {
        error!("{} must be {}", self.subject, self.expected)
    }

    /// The value as text; `None` if it is implied.
    pub fn write(&self, settings: &Settings) -> Option<String> {
        (self.write)(settings)
    }

    /// The value that stands in for a bad one, as text.
    pub fn default_text(&self) -> String {
        (self.default)()
    }
}

fn called<S: Serializer>(
    default: &fn() -> String,
    serializer: S,
) -> std::result::Result<S::Ok, S::Error> {
    serializer.serialize_str(&default())
}

/// At least two different digits, in any order.
fn digits(text: &str) -> Option<Vec<u8>> {
    let mut digits = parse_digits(text)?;
    digits.sort_unstable();
    (digits.len() >= 2 && digits.is_sorted_by(|a, b| a < b)).then_some(digits)
}
