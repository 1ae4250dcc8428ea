//! How many tests passed, as test runners say it.

use std::ops::AddAssign;

use crate::process::Output;

/// Tests that passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    /// Those without an objection.
    pub passed: usize,
    /// The others; at least one if the runner itself failed.
    pub failed: usize,
}

impl Counts {
    /// From what cargo and wasm-pack print, a line for each program:
    /// `test result: ok. 12 passed; 0 failed; 0 ignored; …`.
    pub fn of_rust(output: &Output) -> Self {
        let mut counts = Self::default();
        for line in output.text.lines() {
            let Some((_, result)) = line.split_once("test result: ") else {
                continue;
            };
            counts.passed += number_before(result, " passed");
            counts.failed += number_before(result, " failed");
        }
        counts.with(output.succeeded)
    }

    /// From a TAP report by Node: `# pass 12` and `# fail 0` at its end.
    pub fn of_node(report: &Output) -> Self {
        let number = |name| {
            let mut lines = report.text.lines().rev();
            let number = lines.find_map(|line| line.strip_prefix(name))?;
            number.parse::<usize>().ok()
        };
        let counts = Self {
            passed: number("# pass ").unwrap_or(0),
            failed: number("# fail ").unwrap_or(0) + number("# cancelled ").unwrap_or(0),
        };
        counts.with(report.succeeded)
    }

    fn with(mut self, succeeded: bool) -> Self {
        if !succeeded {
            self.failed = self.failed.max(1);
        }
        self
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// The number that ends where `word` begins, or 0.
fn number_before(text: &str, word: &str) -> usize {
    let before = text.split(word).next().filter(|before| before.len() < text.len());
    let digits = before.and_then(|before| before.rsplit(' ').next());
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(of: fn(&Output) -> Counts, succeeded: bool, text: &str) -> (usize, usize) {
        let text = text.to_owned();
        let Counts { passed, failed } = of(&Output { succeeded, text });
        (passed, failed)
    }

    /// Lines as cargo 1.95 and wasm-bindgen-test-runner 0.2.130 print them.
    #[test]
    fn counts_rust_tests() {
        let rust = |succeeded, text| counts(Counts::of_rust, succeeded, text);
        let text = "running 2 tests\n\
            test result: ok. 14 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 2.25s\n\
            test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n";
        assert_eq!(rust(false, text), (17, 2));
        assert_eq!(rust(true, "test result: ok. 5 passed; 0 failed; 0 ignored\n"), (5, 0));
        assert_eq!(rust(true, ""), (0, 0));
        assert_eq!(rust(false, "error: could not compile"), (0, 1));
    }

    /// The end of a report by Node 20.
    #[test]
    fn counts_node_tests() {
        let node = |succeeded, text| counts(Counts::of_node, succeeded, text);
        let text = "# pass 99 as a test said\n1..2\n# tests 5\n# suites 1\n# pass 3\n# fail 1\n\
            # cancelled 1\n# skipped 0\n# todo 0\n# duration_ms 35.6\n";
        assert_eq!(node(false, text), (3, 2));
        assert_eq!(node(false, "TAP version 13\n"), (0, 1));
        assert_eq!(node(true, "# pass 4\n# fail 0\n"), (4, 0));
    }
}
