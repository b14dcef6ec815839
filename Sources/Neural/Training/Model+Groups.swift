extension Model {
  /// Checks that something is trained, and that every group has parameters of its own.
  ///
  /// - Throws: ``TrainingError`` if all parameters are frozen, or one belongs to two groups; ``PatternError`` if a group
  ///   has no parameter.
  func check(_ groups: [ParameterGroup]) throws {
    if parameterCount > 0, trainedParameterCount == 0 { throw TrainingError(.allFrozen(model: name)) }
    var owners: [String: String] = [:]
    for group in groups {
      for parameter in try parameterNames(matching: [ParameterPattern(group.pattern)]) {
        if let first = owners.updateValue(group.pattern, forKey: parameter) {
          throw TrainingError(.sharedParameter(parameter, first: first, second: group.pattern))
        }
      }
    }
  }
}
