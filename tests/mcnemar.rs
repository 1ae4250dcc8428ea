//! McNemar's test beside another implementation of it.

use mnist_cubic::report::mcnemar::McNemar;

/// Answers to as many images: `only[0]` that the first network alone reads rightly, and so on.
fn compared(only: [usize; 2], neither: usize, both: usize, comparisons: u32) -> McNemar {
    let counts = [(only[0], [1, 0]), (only[1], [2, 1]), (neither, [0, 2]), (both, [1, 1])];
    let answers: Vec<[u8; 2]> =
        counts.into_iter().flat_map(|(count, answers)| vec![answers; count]).collect();
    let of = |network: usize| answers.iter().map(|answers| answers[network]).collect::<Vec<u8>>();
    McNemar::of(&vec![1; answers.len()], &of(0), &of(1), comparisons)
}

/// `mcnemar([[0, b], [c, 0]], exact=True).pvalue` of `statsmodels.stats.contingency_tables` is twice
/// the lower tail of a binomial distribution, at most 1. Here that tail is summed in whole numbers.
fn exact(b: u32, c: u32) -> f64 {
    let (least, all) = (b.min(c), b + c);
    let choose = |k: u32| {
        (0..k).fold(1_u128, |product, i| product * u128::from(all - i) / u128::from(i + 1))
    };
    let tail: u128 = (0..=least).map(choose).sum();
    (2.0 * tail as f64 / 2_f64.powi(all as i32)).min(1.0)
}

#[test]
fn it_is_the_exact_test() {
    for (b, c) in [(9, 11), (0, 0), (5, 15), (0, 6), (40, 12), (1, 9)] {
        let found = compared([b as usize, c as usize], 7, 100, 1);
        assert_eq!((found.only, found.neither), ([b, c], 7));
        assert!((found.p - exact(b, c)).abs() < 1e-12, "{b} and {c}: {}", found.p);
    }
    // From a table of the binomial distribution: P(X ≤ 5) of 20 tosses is 0.0207.
    assert!((compared([5, 15], 0, 0, 1).p - 0.0414).abs() < 1e-4);
}

#[test]
fn among_several_comparisons_more_is_asked_of_each() {
    assert!(compared([5, 15], 0, 0, 1).is_clear);
    assert!(!compared([5, 15], 0, 0, 3).is_clear);
    assert!(!compared([9, 11], 0, 0, 1).is_clear);
    assert!(!compared([0, 0], 3, 50, 1).is_clear);
}
