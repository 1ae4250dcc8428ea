//! How many tests passed, as test runners say it.

/// Tests that passed, failed and were left out.
#[derive(Default)]
pub struct Counts {
    /// Those that passed.
    pub passed: usize,
    /// Those that failed; at least one if the runner itself failed.
    pub failed: usize,
    /// Those that could not run here.
    pub skipped: usize,
}

impl Counts {
    /// From what a runner printed. cargo and wasm-pack sum up each program, Vitest all files:
    /// `test result: ok. 12 passed; 0 failed; 1 ignored; …`, `Tests  1 failed | 12 passed (13)`.
    /// Node's runner ends with a line for each number: `ℹ pass 12`.
    pub fn of(text: &str, succeeded: bool) -> Self {
        let mut counts = Self::default();
        for line in text.lines() {
            let mut words: Vec<_> =
                line.split([' ', ';', '|']).filter(|it| !it.is_empty()).collect();
            match words.first() {
                Some(&"ℹ") => words.reverse(),
                Some(&"test" | &"Tests") => {}
                _ => continue,
            }
            for pair in words.windows(2) {
                let Ok(number) = pair[0].parse::<usize>() else { continue };
                match pair[1] {
                    "passed" | "pass" => counts.passed += number,
                    "failed" | "fail" | "cancelled" => counts.failed += number,
                    "ignored" | "skipped" => counts.skipped += number,
                    _ => {}
                }
            }
        }
        if !succeeded {
            counts.failed = counts.failed.max(1);
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(succeeded: bool, text: &str) -> (usize, usize, usize) {
        let Counts { passed, failed, skipped } = Counts::of(text, succeeded);
        (passed, failed, skipped)
    }

    /// Lines as cargo 1.95, wasm-bindgen-test-runner 0.2.130, Vitest 4.1 and Node 20 print them.
    #[test]
    fn counts_tests() {
        let rust = "running 2 tests\n\
            test result: ok. 14 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 2.25s\n\
            test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n";
        assert_eq!(counts(false, rust), (17, 2, 1));
        let vitest =
            " Test Files  7 passed (7)\n      Tests  1 failed | 75 passed | 2 skipped (78)\n";
        assert_eq!(counts(false, vitest), (75, 1, 2));
        let node = "✔ pass 99 as a test said (1 ms)\nℹ tests 7\nℹ suites 1\nℹ pass 3\nℹ fail 1\n\
            ℹ cancelled 1\nℹ skipped 2\nℹ todo 0\nℹ duration_ms 35.6\n";
        assert_eq!(counts(false, node), (3, 2, 2));
        // A runner that fails is a failure.
        assert_eq!(counts(false, "error: could not compile"), (0, 1, 0));
        assert_eq!(counts(true, ""), (0, 0, 0));
    }
}
