//! Numbers and names as sentences hold them.

use crate::adapter::ModelKind;

/// A model's name within a sentence.
pub fn the(kind: ModelKind) -> String {
    format!("the {} network", kind.name())
}

/// Makes a clause a sentence.
pub fn sentence(clause: &str) -> String {
    let mut letters = clause.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str())
}

/// A loss, to as many decimals as a reader can use.
pub fn number(value: f64) -> String {
    let unit = match value.abs() {
        size if size < 0.01 => size,
        size if size < 1.0 => 0.01,
        size => size / 10.0,
    };
    rounded(value, unit)
}

/// An accuracy, to the ten-thousandth: a few thousand images validate.
pub fn accuracy(value: f64) -> String {
    format!("{value:.4}")
}

/// A number to as many decimals as give `scale` two digits.
pub fn rounded(value: f64, scale: f64) -> String {
    let size = value.abs();
    let text = if size == 0.0 && scale == 0.0 {
        "0".to_owned()
    } else if size < 1e6 && (1e-9..1e6).contains(&scale) {
        let decimals = (1.0 - scale.log10().floor()).max(0.0);
        format!("{size:.0$}", decimals as usize)
    } else {
        format!("{size:.1e}")
    };
    let is_zero = !text.contains(|digit| ('1'..='9').contains(&digit));
    let minus = if value < 0.0 && !is_zero { "−" } else { "" };
    format!("{minus}{text}")
}

/// "1 epoch", "2 epochs".
pub fn epochs(count: usize) -> String {
    format!("{count} {}", if count == 1 { "epoch" } else { "epochs" })
}

/// How many of several runs.
pub fn in_runs(count: usize, of: usize) -> String {
    match (count, of) {
        (count, of) if count < of => format!("in {count} of {of} runs"),
        (_, 2) => "in both runs".to_owned(),
        (_, of) => format!("in all {of} runs"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn losses_keep_the_digits_that_matter() {
        for (value, text) in [
            (0.0, "0"),
            (0.000042, "0.000042"),
            (0.0386, "0.039"),
            (0.148, "0.148"),
            (1.0986, "1.10"),
            (12.34, "12.3"),
            (123.4, "123"),
            (1e10, "1.0e10"),
            (-0.5, "−0.500"),
            (1e-300, "1.0e-300"),
        ] {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn an_interval_sets_the_decimals() {
        assert_eq!(rounded(-0.012345, 0.05), "−0.012");
        assert_eq!(rounded(-0.0001, 0.05), "0.000");
        assert_eq!(rounded(3.0, 250.0), "3");
        assert_eq!(rounded(f64::NAN, 0.1), "NaN");
        assert_eq!(rounded(1.5, f64::NAN), "1.5e0");
    }
}
