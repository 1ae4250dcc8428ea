// Runs one model.
