/// A format that Quire reads, fed with arbitrary bytes. The reader may throw; it must not trap, hang or use
/// excessive memory.
struct FuzzTarget: Sendable {
  /// The name on the command line, and of the target's folder in the corpus.
  let name: String
  /// The maximum input length in bytes.
  var maximumLength = 4096
  let read: @Sendable ([UInt8]) -> Void

  static let all: [FuzzTarget] = [
    .notebook, .formula, .yaml, .cells, .jupyter, .cifarBinary, .pickle, .idx, .csv, .tar, .png, .jpeg,
    .safetensors, .storeRecord, .trainingState,
  ]
}

/// Traps if a reader does not accept bytes that its writer produced.
func expect(_ condition: @autoclosure () -> Bool, _ message: String) {
  guard condition() else { fatalError(message) }
}
