/// An error in a standard-library call; the evaluator adds the place.
package struct LibraryFailure: Error {
  package let message: String
  package init(_ message: String) { self.message = message }
}
