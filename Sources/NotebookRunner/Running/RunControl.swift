import Reporting

/// The requests of a preview to a run, besides its options.
struct RunControl: Sendable {
  /// The notebook's bytes, if they have been read; `nil` reads the file.
  var source: [UInt8]?
  /// The index of the first step that is run although its result is cached; `nil` for none.
  var firstRerun: Int?
  /// Called when the report has been written, with its parts.
  var whenWritten: (@Sendable (RunSnapshot, PageParts) -> Void)?
}
