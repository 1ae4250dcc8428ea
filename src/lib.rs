//! Trains two small networks on handwritten digits, in the browser or natively: one with a cubic
//! layer, one plain. Read [`data`], [`model`] and [`training`] in this order; [`session`] puts them
//! to work behind messages, and `web` translates these for JavaScript.

pub mod data;
pub mod model;
pub mod session;
pub mod training;
