import Formulas

extension Prose.Formula {
  /// The formula as MathML; `nil` if it contains something unknown.
  var mathML: String? { (try? Formula(tex, isDisplay: isDisplay))?.mathML }

  /// The first part that cannot be read.
  var problem: FormulaProblem? {
    do throws(FormulaProblem) {
      _ = try Formula(tex, isDisplay: isDisplay)
      return nil
    } catch {
      return error
    }
  }
}
