/// Access to the values of cells' names, for caching results between runs.
extension Evaluator {
  /// The current value of a name; `nil` before its cell has run, and for structs.
  public func value(of declaration: CellDeclaration) -> Value? {
    declaration.global.flatMap { interpreter.globals[$0].value }
  }

  /// Sets a variable as if its cell had run.
  public func bind(_ declaration: CellDeclaration, to value: Value) {
    guard declaration.kind == .variable, let global = declaration.global else { return }
    interpreter.globals[global].value = value
  }
}

extension Rehearser {
  /// The value that a name will have; `nil` if it is known only after the run.
  public func value(of declaration: CellDeclaration) -> Value? {
    declaration.global.flatMap { interpreter.globals[$0].value }
  }
}
