/// An array in a rehearsal whose length only the run knows: it has at least one element, and all are like this one.
///
/// The rehearsal runs a loop's body and a closure once for it, to find the errors of every element, and knows nothing
/// about the result otherwise.
package struct ForeseenElements: Sendable {
  /// The known part of each element.
  package let element: Value

  package init(element: Value) { self.element = element }

  /// The array as a value of the rehearsal.
  package var cellValue: Value { .host(self, type: "foreseen elements") }
}

extension Value {
  /// The known part of each element, if this is an array of which nothing else is known.
  package var foreseenElement: Value? {
    if case .host(let value as ForeseenElements, _) = self { value.element } else { nil }
  }
}
