//! One model's life in a worker: requests in, replies and events out.

pub mod messages;
