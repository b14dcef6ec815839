import Diagnostics

/// The code of a warning to silence, as written, with its place.
///
///     //| quiet: [QR001, QR004]
public struct QuietCode: Sendable, Hashable {
  /// The warning's code, e.g. `QR001`.
  public var code: String
  /// The code's place in the file.
  public var range: SourceRange
}
