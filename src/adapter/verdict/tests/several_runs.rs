use super::{falling, rising, runs, set_test, verdict};
use crate::adapter::{
    ModelKind::{Control, Custom, Dense},
    Settings, judge,
    made_up::{history, run},
};

#[test]
fn several_runs_in_which_custom_is_worse() {
    let runs = [(0.14, 0.9890), (0.15, 0.9891), (0.16, 0.9892)].map(|(loss, accuracy)| {
        let dense = [0.08, 0.07, 0.06, 0.05, 0.04];
        run([(Custom, rising(loss, accuracy)), (Dense, history(&dense, 0.9891))])
    });
    assert_eq!(
        verdict(&runs, 5),
        [
            "Over 3 runs of 5 epochs the custom network's validation loss ends at 0.150 on \
             average, the dense network's at 0.040.",
            "The dense network does better: its loss is 0.110 lower on average (95 % interval 0.085 to \
             0.135), and lower in all 3 runs.",
            "The custom network's accuracy differs by 0.00000 on average (95 % interval −0.00029 to \
             0.00029), which 3 runs cannot tell from chance.",
            "Each taken at its own best epoch, the dense network's loss is 0.035 lower (95 % interval \
             0.023 to 0.047).",
            "The two differ in width as well as in the cubic layer: training the control network \
             too would tell which of these matters.",
            "The custom network overfits in all 3 runs: its validation loss is least after about \
             2 epochs, and rises from there while its training loss falls.",
        ]
    );
}

/// Accuracies come in steps of one image: two runs that happen to differ by the same one say little.
#[test]
fn an_image_or_two_in_each_of_two_runs_is_chance() {
    for images in [1.0, 2.0] {
        let pair = || {
            run([
                (Custom, falling(0.04, (3400.0 + images) / 3461.0)),
                (Dense, falling(0.04, 3400.0 / 3461.0)),
            ])
        };
        let found = verdict(&[pair(), pair()], 4);
        assert!(found[2].ends_with("which 2 runs cannot tell from chance."), "{}", found[2]);
    }
}

#[test]
fn several_runs_in_which_custom_is_better() {
    let mut runs = runs([(0.04, 0.08), (0.05, 0.09), (0.04, 0.10), (0.09, 0.08), (0.03, 0.09)]);
    for (run, loss) in runs.iter_mut().zip([0.02, 0.04, 0.03, 0.05, 0.06]) {
        set_test(run, Custom, loss, 0.99);
    }
    let found = verdict(&runs, 4);
    assert_eq!(
        found[1],
        "The custom network does better: its loss is 0.038 lower on average (95 % interval 0.002 to \
         0.074), and lower in 4 of 5 runs."
    );
    assert_eq!(
        found[found.len() - 1],
        "On the test images, on average, the custom network's loss is 0.040 and its accuracy \
         0.9900."
    );
}

#[test]
fn several_runs_that_cannot_be_told_apart() {
    let settings = Settings { epochs: 4, runs: 5, ..Settings::default() };
    let runs = runs([(0.05, 0.04), (0.04, 0.05), (0.05, 0.05)]);
    assert_eq!(
        judge(&runs, &settings).verdict,
        [
            "Over 3 of 5 runs, each of 4 epochs, the custom network's validation loss ends at \
             0.047 on average, the dense network's at 0.047.",
            "The two cannot be told apart: the custom network's loss differs by 0.000 on average (95 % \
             interval −0.025 to 0.025), and is lower in 1 of 3 runs.",
            "Accuracy is the same in all 3 runs.",
            "Each taken at its own best epoch, the two cannot be told apart: the custom network's loss \
             differs by 0.000 (95 % interval −0.025 to 0.025).",
        ]
    );
}

#[test]
fn several_runs_of_which_some_diverge() {
    let diverged = || (Custom, history(&[0.3, f64::NAN], 0.5));
    let dense = || (Dense, falling(0.05, 0.99));
    let custom = |loss| (Custom, falling(loss, 0.99));
    let all = [
        run([diverged(), dense()]),
        run([custom(0.1), dense()]),
        run([custom(0.11), dense()]),
        run([diverged(), (Dense, history(&[0.3], 0.9))]),
    ];
    let found = verdict(&all, 4);
    assert_eq!(
        found[0],
        "The custom network diverged in 2 of 4 runs, as early as epoch 2: its loss was no longer \
         a finite number."
    );
    assert!(found[2].starts_with("Over 2 of 4 runs, each of 4 epochs, the custom network's"));

    // With a single sound pair there is no interval: that run speaks.
    assert_eq!(
        verdict(&all[..2], 4)[1..],
        [
            "A smaller learning rate may help: try 0.001.",
            "In run 2, after 4 epochs, the custom network's validation loss is 0.100, the dense \
             network's 0.050; their accuracies are equal.",
            "In this run the dense network does better; whether it would from other seeds, one \
             run cannot tell.",
        ]
    );
}

#[test]
fn the_run_before_speaks_until_the_next_is_complete() {
    let begun = run([(Custom, history(&[], 0.9)), (Dense, history(&[], 0.9))]);
    let [first] = runs([(0.1, 0.05)]);
    let found = &verdict(&[first, begun], 4)[0];
    assert!(found.starts_with("In run 1, after 4 epochs, the custom network's"), "{found}");
}

#[test]
fn several_runs_with_the_control() {
    let layer = |controls: [f64; 3]| {
        let runs = controls.map(|control| {
            let models = [(Custom, 0.1), (Dense, 0.05), (Control, control)];
            run(models.map(|(kind, loss)| (kind, falling(loss, 0.99))))
        });
        let found = verdict(&runs, 4);
        assert!(!found.iter().any(|sentence| sentence.contains("differ in width")));
        found[4].clone()
    };
    assert_eq!(
        layer([0.04, 0.05, 0.06]),
        "The cubic layer itself raises the loss: with a dense layer in its place (the control \
         network), it ends 0.050 lower (95 % interval 0.025 to 0.075)."
    );
    assert_eq!(
        layer([0.14, 0.15, 0.16]),
        "The cubic layer itself lowers the loss: with a dense layer in its place (the control \
         network), it ends 0.050 higher (95 % interval 0.025 to 0.075)."
    );
    assert_eq!(
        layer([0.08, 0.15, 0.1]),
        "The cubic layer itself can be neither credited nor blamed: with a dense layer in its \
         place (the control network), the loss differs too little to tell (custom minus control \
         −0.01, 95 % interval −0.10 to 0.08)."
    );
}
