import Neural

/// The published assignment's network and a modified one.
extension Sequential {
  static func assignment(dropsOut: Bool) throws -> Sequential {
    Sequential(elements: try Model.cifar10Net(dropout: dropsOut ? 0.05 : 0).elements)
  }

  static func editedAssignment(dropsOut: Bool) throws -> Sequential {
    let block = Block("block3") {
      for (i, o) in [(32, 32), (32, 64), (64, 128)] {
        Conv2d(i, o, kernelSize: 5, padding: 2)
        BatchNorm2d(o)
        SiLU()
        Dropout2d(dropsOut ? 0.05 : 0)
      }
    }
    return Sequential(
      elements: try assignment(dropsOut: dropsOut).elements.map {
        $0.name == "block3" ? LayerElement(block, name: "block3") : $0
      })
  }
}
