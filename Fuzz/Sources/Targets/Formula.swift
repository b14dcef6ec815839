import Formulas

extension FuzzTarget {
  /// A formula, converted to MathML in both sizes.
  static let formula = FuzzTarget(name: "formula", maximumLength: 2048) { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    for isDisplay in [false, true] {
      do throws(FormulaProblem) {
        _ = try Formula(text, isDisplay: isDisplay).mathML
      } catch {
        expect(error.offset <= text.count && !error.message.isEmpty, "a problem has a place in the formula")
      }
    }
    _ = text.htmlWithFormulas
  }
}
