/// One format that Quire reads, given any bytes: what it throws is fine, what traps, hangs or grows is not.
struct FuzzTarget: Sendable {
  /// Its name on the command line, and of its folder in the corpus.
  let name: String
  /// Longer inputs are not tried.
  var maximumLength = 4096
  let read: @Sendable ([UInt8]) -> Void

  static let all: [FuzzTarget] = [
    .notebook, .yaml, .cells, .jupyter, .cifarBinary, .pickle, .tar, .png, .safetensors,
    .storeRecord, .trainingState,
  ]
}

/// What a reader said of bytes that it wrote itself.
func expect(_ condition: @autoclosure () -> Bool, _ message: String) {
  guard condition() else { fatalError(message) }
}
