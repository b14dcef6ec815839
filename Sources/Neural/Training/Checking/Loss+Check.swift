extension Loss {
  /// - Throws: ``TrainingError`` if images are mixed and this loss does not take soft labels.
  func check(mixing: [Mixing]) throws {
    if !mixing.isEmpty, !function.takesMixedLabels { throw TrainingError(.mixedLabels(loss: "\(self)")) }
  }

  /// - Throws: ``TrainingError`` if the data's targets are not of the kind that this loss needs.
  func check(_ data: DatasetOutline) throws {
    guard task.targets == data.targets.kind else {
      throw TrainingError(.targets(loss: "\(self)", needed: task.targets, data: data.name))
    }
  }

  /// - Throws: ``TrainingError`` if the model's last layer does not suit this loss.
  func check(endOf model: Model) throws {
    if let remedy = function.remedy(forModelEndingIn: model.outputKind) {
      throw TrainingError(.loss("\(self)", end: model.lastLayerName, remedy: remedy))
    }
  }
}

extension Model {
  /// The meaning of the model's outputs, by its last operation.
  var outputKind: OutputKind {
    switch graph.nodes.last?.operation {
    case is LogSoftmax: .logProbabilities
    case is Softmax: .probabilities
    default: .scores
    }
  }

  fileprivate var lastLayerName: String {
    graph.modules.last { $0.operation != nil || !$0.isContainer }?.typeName ?? name
  }
}
