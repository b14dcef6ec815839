/// The values behind cells' names, for whoever keeps results from one run to the next.
extension Evaluator {
  /// What a name stands for now; `nil` before its cell was run, and for structs.
  public func value(of declaration: CellDeclaration) -> Value? {
    declaration.global.flatMap { interpreter.globals[$0].value }
  }

  /// Gives a variable a value as if its cell had been run.
  public func bind(_ declaration: CellDeclaration, to value: Value) {
    guard declaration.kind == .variable, let global = declaration.global else { return }
    interpreter.globals[global].value = value
  }
}

extension Rehearser {
  /// What a name will stand for; `nil` where only the run can tell.
  public func value(of declaration: CellDeclaration) -> Value? {
    declaration.global.flatMap { interpreter.globals[$0].value }
  }
}
