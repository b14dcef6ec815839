extension Model {
  /// Excludes parameters from training (PyTorch: `requires_grad = False`).
  ///
  /// Gradients are not computed for layers below which nothing is trained. As in PyTorch, frozen layers otherwise work
  /// as in any training: dropout is active, BatchNorm normalises by the batch and moves its running statistics.
  ///
  ///     try model.freeze([ParameterPattern("block1"), ParameterPattern("transition1")])
  ///
  /// - Parameter patterns: modules or parameters by name. Each must match a parameter.
  /// - Throws: ``PatternError`` if a pattern matches no parameter; the model is then unchanged.
  public func freeze(_ patterns: [ParameterPattern]) throws {
    let names = try parameterNames(matching: patterns)
    frozen.formUnion(names)
  }

  /// Includes parameters in training again; see ``freeze(_:)``.
  ///
  /// - Throws: ``PatternError`` if a pattern matches no parameter; the model is then unchanged.
  public func unfreeze(_ patterns: [ParameterPattern]) throws {
    let names = try parameterNames(matching: patterns)
    frozen.subtract(names)
  }

  /// The number of parameters that trainings change.
  public var trainedParameterCount: Int {
    let frozen = frozen
    return graph.parameters.reduce(0) { sum, parameter in
      parameter.specification.isTrained && !frozen.contains(parameter.name)
        ? sum + parameter.specification.count : sum
    }
  }

  /// The names of the trainable parameters, in the order of the layers.
  var trainableNames: [String] { graph.parameters.filter(\.specification.isTrained).map(\.name) }

  /// - Throws: ``PatternError`` if a pattern matches no parameter.
  func parameterNames(matching patterns: [ParameterPattern]) throws -> [String] {
    let names = trainableNames
    return try patterns.flatMap { pattern in
      let matching = names.filter(pattern.matches)
      if matching.isEmpty { throw PatternError(pattern, model: name, names: names) }
      return matching
    }
  }
}
