/// A failure of a standard-library call; the evaluator gives it a place.
package struct LibraryFailure: Error {
  package let message: String
  package init(_ message: String) { self.message = message }
}
