//! Judges one electric motor design against two versioned standards.
