// Made from src/adapter/messages.rs: do not edit. After a change there, run
// UPDATE_TYPES=1 cargo test --lib typescript

/** What the page asks of a worker. */
export type Request =
  | { "type": "read_settings",
      /** As in `location.hash`, with or without `#`; empty gives the defaults. */
      hash: string,
    }
  | { "type": "add_digit",
      /** Training or test images. */
      part: Part,
      /** The digit that the images show. */
      digit: number,
      /** An IDX file: u8, `[n, 28, 28]`. */
      images: Uint8Array,
      /** An IDX file: i32, `[n]`, the images' positions in MNIST's file, ascending. */
      positions: Uint8Array,
    }
  | { "type": "train",
      /** What to train, and how. */
      settings: Settings,
      /**
       * A safetensors file with the weights that every run starts from; without it each run
       * draws its own from its seed.
       */
      start?: Uint8Array,
      /** Whether each epoch takes the images in an order of its own. */
      shuffle?: boolean,
    }
  | { "type": "pause" }
  | { "type": "resume" }
  | { "type": "stop" }
  | { "type": "reset" }
  | { "type": "predict",
      /** What to classify. */
      input: Input,
    }
  | { "type": "explain",
      /** What to classify. */
      input: Input,
    }
  | { "type": "inspect" }
  | { "type": "show_cubic" }
  | { "type": "save_weights" }
  | { "type": "load_weights",
      /** A safetensors file. */
      file: Uint8Array,
    }
  | { "type": "compare",
      /** The runs so far, oldest first; the last may be unfinished. */
      runs: Array<Run>,
      /** The settings they were made with. */
      settings: Settings,
    }
  | { "type": "export",
      /** Which file. */
      format: Format,
      /** The runs so far, oldest first. */
      runs: Array<Run>,
      /** The settings they were made with. */
      settings: Settings,
    };

/** What a worker answers. */
export type Reply =
  | { "type": "done" }
  | { "type": "settings",
      /** Valid settings: a default stands in for each bad value. */
      settings: Settings,
      /** The hash that gives these settings, without `#`. */
      hash: string,
      /** A sentence for each bad value. */
      problems: Array<Problem>,
    }
  | { "type": "prediction",
      /** The 28×28 image that the model received, row by row, 0 to 1; empty without ink. */
      image: Array<number>,
      /** The answer, or why there is none. */
      outcome: Outcome,
    }
  | { "type": "contributions" } & Contributions
  | { "type": "inspection" } & Inspection
  | { "type": "cubic_weights",
      /** Inputs of the layer: rows of V and W. */
      inputs: number,
      /** Units of the layer: columns of V and W. */
      units: number,
      /** V, of the cubed inputs. */
      v: Array<number>,
      /** W, of the plain inputs. */
      w: Array<number>,
    }
  | { "type": "file",
      /** Its bytes. */
      bytes: Uint8Array,
    }
  | { "type": "text",
      /** Its text. */
      text: string,
    }
  | { "type": "loaded",
      /** The digits that the loaded model knows. */
      digits: Array<number>,
    }
  | { "type": "comparison" } & Comparison;

/** What a worker tells while it trains. */
export type Event =
  | { "type": "run_started",
      /** The run, from 0. */
      run: number,
      /** Its seed. */
      seed: number,
      /** Images that are trained on. */
      training_images: number,
      /** Images that validate. */
      validation_images: number,
    }
  | { "type": "progress",
      /** The run, from 0. */
      run: number,
      /** Finished epochs of the run, and the part done of the current one. */
      epochs: number,
    }
  | { "type": "epoch",
      /** The run, from 0. */
      run: number,
      /** The epoch, from 1. */
      epoch: number,
      /** Its metrics. */
      metrics: Metrics,
      /** Its wall time, training and validation, pauses left out. */
      seconds: number,
      /** The part of it that was spent on training. */
      training_seconds: number,
    }
  | { "type": "run_finished",
      /** The run, from 0. */
      run: number,
      /** Its score on the test images. */
      test: Score,
      /** The epoch, from 1, whose loss was not a number or infinite, and which ended the run. */
      diverged: number | null,
      /** How it classified the test images, unless it diverged. */
      inspection: Inspection | null,
    }
  | { "type": "finished" };

/** Where in a run two models are compared. */
export type At = "last" | "best";

/** A metric over the runs, epoch by epoch. */
export type Band = {
  /** Mean over the runs in which the epoch's value is finite; not a number where none is. */
  mean: Array<number>,
  /** Sample standard deviation over the same runs; not a number of fewer than two. */
  sd: Array<number>,
};

/** What the runs say about the models. */
export type Comparison = {
  /** The verdict: plain sentences, in the order in which they read. */
  verdict: Array<string>,
  /**
   * The last epoch, from 1, that every model of the last run has finished; 0 before that. A
   * model that diverged is not waited for.
   */
  epoch: number,
  /** Each model's metrics over the runs. */
  curves: { [key in ModelKind]?: Curves },
  /** Paired differences over the complete runs; empty with fewer than two. */
  differences: Array<Difference>,
  /**
   * Each model's scores on the test images over the complete runs; before there is one, of the
   * last run. A model whose scores are not finite is left out.
   */
  tests: { [key in ModelKind]?: TestScores },
};

/**
 * The custom network's scores (logits), unit by unit of its cubic layer y = x³·V − x·W + b:
 * `scores[k] = Σ_j cubic[k][j] + Σ_j linear[k][j] + bias[k]`.
 */
export type Contributions = {
  /** The digit of each class `k`. */
  digits: Array<number>,
  /** What unit `j`'s x³·V adds to class `k`. */
  cubic: Array<Array<number>>,
  /** What unit `j`'s −x·W adds to class `k`. */
  linear: Array<Array<number>>,
  /** What both layers' biases add to class `k`. */
  bias: Array<number>,
  /** The scores. */
  scores: Array<number>,
};

/** A model's metrics over the runs. */
export type Curves = {
  /** Training loss. */
  loss: Band,
  /** Training accuracy. */
  accuracy: Band,
  /** Validation loss. */
  val_loss: Band,
  /** Validation accuracy. */
  val_accuracy: Band,
};

/**
 * The mean over runs of a paired difference, one model minus another, with the 95 % confidence
 * interval of Student's t.
 */
export type Difference = {
  /** The model from which the other is taken. */
  model: ModelKind,
  /** The other. */
  other: ModelKind,
  /** What is compared. */
  metric: Metric,
  /** Where each run is looked at. */
  at: At,
  /** Mean difference. */
  mean: number,
  /** Lower end of the interval. */
  low: number,
  /** Upper end of the interval. */
  high: number,
  /** Runs in which `model` is better. */
  wins: number,
  /** Runs in which both are equal. */
  ties: number,
  /** Runs compared: the complete ones, without those in which one of the two diverged first. */
  runs: number,
};

/** A file of runs. */
export type Format = "csv" | "json";

/** The metrics of a run's epochs, first to last: Keras's `History.history`. */
export type History = {
  /** [`Metrics::loss`] of each epoch. */
  loss: Array<number>,
  /** [`Metrics::accuracy`] of each epoch. */
  accuracy: Array<number>,
  /** [`Metrics::val_loss`] of each epoch. */
  val_loss: Array<number>,
  /** [`Metrics::val_accuracy`] of each epoch. */
  val_accuracy: Array<number>,
};

/** Something to classify. */
export type Input =
  | { "type": "strokes",
      /** Each stroke's points, `[x, y]` in units of the pad's side, y downwards. */
      strokes: Array<Array<[number, number]>>,
    }
  | { "type": "test_image",
      /** Its position in MNIST's test file. */
      position: number,
    };

/** A model's classification of the test images of its digits. */
export type Inspection = {
  /** The digit of each class. */
  digits: Array<number>,
  /** Each image's position in MNIST's test file, ascending. */
  positions: Array<number>,
  /** Each image's digit. */
  labels: Array<number>,
  /** The digit that the model sees in each image. */
  predictions: Array<number>,
  /** The probability that the model gives to that digit. */
  probabilities: Array<number>,
  /** Images of class `row` that were taken for class `column`. */
  confusion: Array<Array<number>>,
};

/** What two models are compared by. */
export type Metric = "val_loss" | "val_accuracy";

/**
 * What Keras reports of one epoch. Accuracies are fractions; losses are means of the categorical
 * cross-entropy, in nats.
 */
export type Metrics = {
  /** Mean loss over the epoch's training images, as the weights were when each batch was seen. */
  loss: number,
  /** Fraction of the epoch's training images classified rightly, at the same moments. */
  accuracy: number,
  /** Mean loss over the validation images at the epoch's end. */
  val_loss: number,
  /** Fraction of the validation images classified rightly at the epoch's end. */
  val_accuracy: number,
};

/** Which of the three networks. */
export type ModelKind = "custom" | "dense" | "control";

/** How one model fared in one run. */
export type ModelRun = {
  /** Its epochs so far. */
  history: History,
  /** Its score on the test images, once the run has ended. */
  test: Score | null,
};

/** The answer to a drawing. */
export type Outcome =
  | { "type": "nothing",
      /** Why, as a sentence. */
      reason: string,
    }
  | { "type": "answer",
      /** The digit of each class. */
      digits: Array<number>,
      /** The probability of each class. */
      probabilities: Array<number>,
      /** Why the answer should not be trusted, as a sentence. */
      doubt: string | null,
    };

/** The two parts of MNIST. */
export type Part = "train" | "test";

/** A bad setting. */
export type Problem = {
  /** The key in the hash, known or not; empty when it is the hash as a whole. */
  key: string,
  /** What is wrong, what was expected and what stands in. */
  message: string,
};

/** One run: every model trained once from the same seed, on the same batches in the same order. */
export type Run = {
  /** The run's seed. */
  seed: number,
  /**
   * The number of validation images, if it is known: with it the verdict can weigh a
   * difference in accuracy.
   */
  validation_images?: number,
  /** How each model that takes part fared, from the run's start on. */
  models: { [key in ModelKind]?: ModelRun },
};

/** Loss and accuracy of a network on a set of images. */
export type Score = {
  /** Mean categorical cross-entropy, in nats. */
  loss: number,
  /** Fraction classified rightly. */
  accuracy: number,
};

/** The settings of one experiment. The defaults are the notebook's. */
export type Settings = {
  /** The digits to tell apart, ascending: 2 to 10 of 0–9. Class `i` is `digits[i]`. */
  digits: Array<number>,
  /** Passes over the training images, in each run: 1 to 1000. */
  epochs: number,
  /** Images to a training step, 1 to 1024; an epoch's last batch may be smaller. */
  batch_size: number,
  /** Step size of stochastic gradient descent: above 0, at most 10. */
  learning_rate: number,
  /** Seed of the first run; run `r` (from 0) uses `seed + r`, and 0 follows the largest u32. */
  seed: number,
  /** How often each model is trained, each time from another seed: 1 to 20. */
  runs: number,
  /** Whether the control network is trained too. */
  control: boolean,
};

/** A model's scores on the test images over some runs. */
export type TestScores = {
  /** How many runs. */
  runs: number,
  /** Means over them. */
  mean: Score,
  /** Sample standard deviations; not numbers of fewer than two. */
  sd: Score,
};
