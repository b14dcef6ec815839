extension Loss {
  /// - Throws: ``TrainingError`` where the data's targets are not of the kind that this loss takes.
  func check(_ data: DatasetOutline) throws {
    guard task.targets == data.targets.kind else {
      throw TrainingError(.targets(loss: "\(self)", needed: task.targets, data: data.name))
    }
  }

  /// - Throws: ``TrainingError`` where the model's last layer gives this loss numbers that it is not made for.
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
