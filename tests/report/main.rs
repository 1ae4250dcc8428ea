//! What is found in made-up runs, and how they are written.
#![cfg(not(target_arch = "wasm32"))]

mod made_up;
mod epochs;
mod one_run;
mod several_runs;
mod diagnosis;
mod files;
mod any_runs;
