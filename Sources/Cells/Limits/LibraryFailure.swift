/// A failure of a standard-library call; the evaluator gives it a place.
struct LibraryFailure: Error {
  let message: String
  init(_ message: String) { self.message = message }
}
