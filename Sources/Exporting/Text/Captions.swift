import Reporting

/// The captions of one cell's outputs; its label (`Figure 2`) precedes the first.
struct Captions {
  private var label: String?

  init(label: String?) { self.label = label }

  /// The next caption, with the label if it has not been used.
  mutating func next(_ text: String?) -> String? {
    defer { label = nil }
    let parts = [label, text].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: ". ")
  }
}
