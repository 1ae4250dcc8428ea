//! Means, deviations and the paired t interval.

/// The mean; not a number without values.
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The sample standard deviation; not a number with fewer than two values.
pub fn standard_deviation(values: &[f64]) -> f64 {
    if values.len() < 2 {
        return f64::NAN;
    }
    let mean = mean(values);
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (squares / (values.len() as f64 - 1.0)).sqrt()
}

/// Half the width of the 95 % confidence interval of the mean, by Student's t; of two values or
/// more, which are differences of multiples of `step`.
pub fn margin_of_error(values: &[f64], step: f64) -> f64 {
    let degrees_of_freedom = values.len().clamp(2, T_975.len() + 1) - 1;
    // Values in steps may agree by chance. What was rounded to a step has, by that alone, a variance
    // of step² / 12, and a difference of two has twice as much.
    let deviation = standard_deviation(values).max(step / 6_f64.sqrt());
    T_975[degrees_of_freedom - 1] * deviation / (values.len() as f64).sqrt()
}

/// The 0.975 quantiles of Student's t for 1 to 19 degrees of freedom, as many as 20 runs need; R's
/// `qt(0.975, 1:19)`, rounded.
const T_975: [f64; 19] = [
    12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004, 2.262157,
    2.228139, 2.200985, 2.178813, 2.160369, 2.144787, 2.131450, 2.119905, 2.109816, 2.100922,
    2.093024,
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The paired t test in R's documentation, `t.test(extra ~ group, data = sleep, paired =
    /// TRUE)`: mean −1.58, 95 % interval −2.4598858 to −0.7001142.
    #[test]
    fn interval_is_that_of_r() {
        let one = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
        let other = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
        let differences: Vec<_> = one.iter().zip(other).map(|(a, b)| a - b).collect();
        let (mean, margin) = (mean(&differences), margin_of_error(&differences, 0.0));
        assert!((mean + 1.58).abs() < 1e-12);
        assert!((mean - margin + 2.4598858).abs() < 1e-6);
        assert!((mean + margin + 0.7001142).abs() < 1e-6);
    }

    /// The density of Student's t, up to a factor, holds 95 % between the quantiles.
    #[test]
    fn quantiles_hold_95_percent() {
        for (index, quantile) in T_975.iter().enumerate() {
            let degrees_of_freedom = (index + 1) as f64;
            // With t = √ν·tan θ, the density becomes cos^(ν−1) θ over a finite range.
            let area = |end: f64| {
                let step = end / 1000.0;
                let weight = |i: i32| {
                    [2.0, 4.0][i as usize % 2] * f64::from(i != 0 && i != 1000)
                        + f64::from(i == 0 || i == 1000)
                };
                let value =
                    |i: i32| (step * f64::from(i)).cos().max(0.0).powf(degrees_of_freedom - 1.0);
                (0..=1000).map(|i| weight(i) * value(i)).sum::<f64>() * step / 3.0
            };
            let inside = area((quantile / degrees_of_freedom.sqrt()).atan());
            let all = area(std::f64::consts::FRAC_PI_2);
            assert!((inside / all - 0.95).abs() < 1e-6, "{degrees_of_freedom}: {}", inside / all);
        }
    }

    #[test]
    fn deviations_need_two_values() {
        assert!(standard_deviation(&[]).is_nan());
        assert!(standard_deviation(&[3.0]).is_nan());
        assert_eq!(standard_deviation(&[1.0, 3.0]), 2_f64.sqrt());
        assert!(mean(&[]).is_nan());
    }
}
