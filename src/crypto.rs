//! Sealing shapes and keys.
