// What the settings are.

/** What a setting is, by its key in the address. */
export const SETTING_HINTS: Readonly<Partial<Record<string, string>>> = {
  digits: "The digits the networks learn to tell apart. Only theirs are fetched.",
  epochs: "One epoch is one pass over all the training digits.",
  batch: "The network looks at so many digits, then adjusts its weights once.",
  lr: "How big that adjustment is. Too small, and it crawls; too big, and it overshoots.",
  seed: "Fixes the dice: the first weights and the shuffling. Same seed, same run, to the last bit.",
  runs: "Trains again from the next seeds. One run may be luck; several show what isn’t.",
  networks:
    "A name, a colon, then the hidden layers, each a word and its units. “@0.1” gives a network a learning rate of its own.",
  control:
    "A third network, just as wide as custom, without the cube: is it the layer, or the width?",
};
