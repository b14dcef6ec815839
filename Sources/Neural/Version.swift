/// The library's version. Another version may compute other bytes, so what is kept of a training carries it.
public enum Version { public static let current = "0.2.0" }
