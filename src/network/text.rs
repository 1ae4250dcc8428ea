//! Networks as text. `custom:relu150,relu100,cubic50;dense:relu100,relu50@0.1` is two: each has a
//! name, its hidden layers (a word and the units), and perhaps a learning rate of its own.

use std::{fmt, str::FromStr};

use crate::{
    Result, ensure, error,
    network::{
        Architecture, Kind,
        limits::{MAX_HIDDEN_LAYERS, MAX_NAME, MAX_NETWORKS, MAX_UNITS, RATE_RULE, RATES},
    },
};

/// The name that stands for the settings in a history file.
const TAKEN: &str = "params";

/// A network of an experiment. Its initial weights ignore name and rate.
#[derive(Clone, Debug, PartialEq)]
pub struct NetworkConfig {
    /// Its name in the table, in files and on the page.
    pub name: String,
    /// Its hidden layers.
    pub architecture: Architecture,
    /// Its own learning rate, where it has one.
    pub learning_rate: Option<f64>,
}

impl NetworkConfig {
    /// The learning rate it is trained with: its own, or else `otherwise`.
    pub fn learning_rate_or(&self, otherwise: f64) -> f64 {
        self.learning_rate.unwrap_or(otherwise)
    }
}

impl fmt::Display for NetworkConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.name, self.architecture)?;
        match self.learning_rate {
            None => Ok(()),
            Some(rate) => write!(f, "@{}", print_rate(rate)),
        }
    }
}

impl fmt::Display for Architecture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, (kind, units)) in self.0.iter().enumerate() {
            let comma = if place > 0 { "," } else { "" };
            write!(f, "{comma}{}{units}", kind.word())?;
        }
        Ok(())
    }
}

/// Reads networks with semicolons between them.
///
/// # Errors
/// If there are none or too many, two share a name, or one of them is wrong.
pub fn parse_networks(text: &str) -> Result<Vec<NetworkConfig>> {
    let count = text.split(';').count();
    ensure!(count <= MAX_NETWORKS, "there are {count} networks, expected at most {MAX_NETWORKS}");
    let mut networks: Vec<NetworkConfig> = Vec::new();
    for part in text.split(';') {
        let network = parse_network(part)?;
        for NetworkConfig { name, .. } in &networks {
            ensure!(
                !name.eq_ignore_ascii_case(&network.name),
                "two networks are called “{name}”, expected a name of its own for each"
            );
        }
        networks.push(network);
    }
    Ok(networks)
}

/// Reads a network such as `dense:relu100,relu50@0.1`. Spaces around its parts are ignored.
fn parse_network(text: &str) -> Result<NetworkConfig> {
    let (name, layers) = text.split_once(':').ok_or_else(|| {
        error!(
            "“{}” has no colon, expected a name, a colon and layers, such as dense:relu100,relu50",
            shown(text)
        )
    })?;
    let name = name.trim();
    check_name(name)?;
    let (architecture, learning_rate) = parse_unnamed(layers).map_err(|e| e.of(name))?;
    Ok(NetworkConfig { name: name.to_owned(), architecture, learning_rate })
}

/// The canonical text of networks, which [`parse_networks`] reads back.
pub fn print_networks(networks: &[NetworkConfig]) -> String {
    let texts: Vec<String> = networks.iter().map(NetworkConfig::to_string).collect();
    texts.join(";")
}

/// Reads a network without a name, such as `relu100,relu50@0.1`: its layers, and its rate where it
/// has one of its own.
///
/// # Errors
/// As [`parse_layers`], or if the rate is bad.
pub fn parse_unnamed(text: &str) -> Result<(Architecture, Option<f64>)> {
    match text.split_once('@') {
        None => Ok((parse_layers(text)?, None)),
        Some((layers, rate)) => Ok((parse_layers(layers)?, Some(parse_rate(rate.trim())?))),
    }
}

/// Reads hidden layers such as `relu150,relu100,cubic50`.
///
/// # Errors
/// If there are none or too many, or one has an unknown word or a wrong number of units.
pub fn parse_layers(text: &str) -> Result<Architecture> {
    let count = text.split(',').count();
    ensure!(
        count <= MAX_HIDDEN_LAYERS,
        "there are {count} hidden layers, expected 1 to {MAX_HIDDEN_LAYERS}"
    );
    let layers = text.split(',').map(|layer| parse_layer(layer.trim()));
    Ok(Architecture(layers.collect::<Result<_>>()?))
}

fn parse_layer(text: &str) -> Result<(Kind, usize)> {
    ensure!(
        !text.is_empty(),
        "a layer is missing, expected a word and a number of units, such as relu100"
    );
    let end = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (word, units) = text.split_at(end);
    let kind = Kind::all().find(|kind| kind.word() == word).ok_or_else(|| {
        let what = shown(if word.is_empty() { text } else { word });
        let words: Vec<&str> = Kind::all().map(Kind::word).collect();
        let (last, others) = words.split_last().unwrap_or((&"", &[]));
        error!("“{what}” is not a kind of layer, expected {} or {last}", others.join(", "))
    })?;
    let units = whole(units).filter(|units| (1..=MAX_UNITS).contains(units));
    let units = units.ok_or_else(|| {
        error!(
            "“{}” has no right number of units, expected {word} and a whole number from 1 to \
             {MAX_UNITS}",
            shown(text)
        )
    })?;
    Ok((kind, units))
}

fn check_name(name: &str) -> Result<()> {
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let goes_on = |c: char| c.is_ascii_alphanumeric() || c == '-';
    ensure!(
        begins && name.chars().all(goes_on) && name.len() <= MAX_NAME,
        "“{}” cannot be a network's name, expected a letter and then letters, digits or hyphens, \
         at most {MAX_NAME} in all",
        shown(name)
    );
    ensure!(
        !name.eq_ignore_ascii_case(TAKEN),
        "a network cannot be called “{name}”: in files, {TAKEN} are the settings"
    );
    Ok(())
}

/// Reads a learning rate.
pub(crate) fn parse_rate(text: &str) -> Result<f64> {
    let is_plain =
        text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'-' | b'+'));
    let rate = text.parse().ok().filter(|_| is_plain);
    rate.filter(|rate| RATES.contains(rate))
        .ok_or_else(|| error!("“{}” is not a learning rate, expected {RATE_RULE}", shown(text)))
}

/// A learning rate as it is written, which reads back to the same number.
pub(crate) fn print_rate(rate: f64) -> String {
    if rate != 0.0 && rate.abs() < 1e-6 { format!("{rate:e}") } else { rate.to_string() }
}

/// Reads decimal digits, and nothing else: the standard parser would take `+5` as well.
pub(crate) fn whole<T: FromStr>(text: &str) -> Option<T> {
    let only_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    only_digits.then(|| text.parse().ok())?
}

/// Reads digits with commas between them, in any order.
pub(crate) fn parse_digits(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text.split(',').map(whole).collect::<Option<_>>()?;
    digits.iter().all(|&digit| digit <= 9).then_some(digits)
}

/// The inverse of [`parse_digits`].
pub(crate) fn print_digits(digits: &[u8]) -> String {
    let digits: Vec<_> = digits.iter().map(u8::to_string).collect();
    digits.join(",")
}

/// Untrusted text as a message can show it: shortened, with invisible characters escaped.
pub(crate) fn shown(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    let escaped = short.chars().map(|c| match c {
        '"' | '\'' | '\\' => c.to_string(),
        c => c.escape_debug().to_string(),
    });
    escaped.collect()
}
