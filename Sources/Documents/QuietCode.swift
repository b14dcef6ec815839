import Diagnostics

/// The code of a warning that is to be kept quiet, as written, and where.
///
///     //| quiet: [QR001, QR004]
public struct QuietCode: Sendable, Hashable {
  public var code: String
  public var range: SourceRange
}
