import Support

extension Model {
  /// The SHA-256, in lower-case hexadecimal, of the model's name, its layers, the current values of its
  /// parameters and running statistics, and the names of frozen parameters. Equal digests mean equal models.
  ///
  /// - Throws: `Digest.Unavailable`.
  public var contentDigest: String {
    get throws {
      var digest = try Digest(.sha256)
      digest.update(field: name)
      graph.describe(to: &digest)
      let state = state
      digest.update(count: state.count)
      for (name, tensor) in state.sorted(by: { $0.key < $1.key }) {
        digest.update(field: name)
        digest.update(counts: tensor.shape)
        tensor.values.withUnsafeBytes { digest.update($0) }
      }
      let frozen = frozen
      digest.update(count: frozen.count)
      for name in frozen.sorted() { digest.update(field: name) }
      return digest.hex()
    }
  }
}

extension ModelGraph {
  fileprivate func describe(to digest: inout Digest) {
    digest.update(counts: input.dimensions)
    digest.update(count: modules.count)
    for module in modules {
      digest.update(field: module.path)
      digest.update(field: module.typeName)
      digest.update(counts: [module.depth, module.isContainer ? 1 : 0])
    }
    digest.update(count: nodes.count)
    for node in nodes {
      digest.update(field: node.path)
      digest.update(field: node.operation.contentDescription)
      digest.update(counts: node.inputs)
    }
  }
}
