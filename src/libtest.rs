//! Checks as libtest trials.
