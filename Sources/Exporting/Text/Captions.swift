import Reporting

/// The captions of one cell's outputs: its label (`Figure 2`) goes before the first.
struct Captions {
  private var label: String?

  init(label: String?) { self.label = label }

  /// The next caption with the label, if it is still to be given.
  mutating func next(_ text: String?) -> String? {
    defer { label = nil }
    let parts = [label, text].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: ". ")
  }
}
