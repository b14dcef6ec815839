/// The version of the library and the program.
///
/// Saved results do not depend on it: cache keys contain the source fingerprint, which changes with the code.
public enum Version { public static let current = "0.2.0" }
