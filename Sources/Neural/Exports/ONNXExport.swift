/// A model as an ONNX file, which other programs run: onnxruntime, browsers, phones.
///
///     let bytes = try ONNXExport(model, data: data.outline, foldBatchNorm: true).bytes()
///
/// The file computes what evaluations compute, for batches of any size. Input and output are called `input` and
/// `output`; the metadata says what they mean.
public struct ONNXExport: Sendable {
  private let file: ONNXFile

  /// Describes a model in ONNX's terms.
  ///
  /// - Parameters:
  ///   - model: the model with its current weights.
  ///   - data: gives the class names and the normalisation of the input; `nil` leaves them out.
  ///   - foldBatchNorm: whether convolutions and linear layers compute the batch normalisations that follow them.
  /// - Throws: ``ModelError`` for a layer that ONNX cannot express; ``TrainingError`` if the model does not fit the data.
  public init(_ model: Model, data: ImageData?, foldBatchNorm: Bool = false) throws {
    try self.init(
      model, outline: data?.outline, standardization: data?.pipeline.standardization, foldBatchNorm)
  }

  /// Describes a model in ONNX's terms, with data whose images or rows have not been read. The scaling of a table's
  /// columns is then unknown, and left out.
  ///
  /// - Parameters:
  ///   - model: the model with its current weights.
  ///   - outline: gives the class names and the normalisation of images; `nil` leaves them out.
  ///   - foldBatchNorm: whether convolutions and linear layers compute the batch normalisations that follow them.
  /// - Throws: as ``init(_:data:foldBatchNorm:)``.
  public init(_ model: Model, outline: DataOutline?, foldBatchNorm: Bool = false) throws {
    try self.init(model, outline: outline, standardization: nil, foldBatchNorm)
  }

  private init(
    _ model: Model, outline: DataOutline?, standardization: Standardization?, _ foldBatchNorm: Bool
  ) throws {
    try Self.check(model, outline)
    let graph = try model.graph.onnx().filled(from: model.state)
    var metadata = ONNXMetadata(model)
    if let outline {
      metadata.add(outline.dataset.targets)
      if let table = outline.dataset.table {
        metadata.add(features: table.features)
        if let standardization { metadata.add(mean: standardization.mean, std: standardization.std) }
      } else {
        let normalization = outline.pipeline.normalization
        metadata.add(mean: normalization.mean, std: normalization.std)
      }
    }
    file = ONNXFile(
      name: model.name, graph: foldBatchNorm ? graph.foldingBatchNormalisations() : graph, input: model.input,
      output: model.output, metadata: metadata.entries)
  }

  /// Finds what prevents an export, without the model's weights.
  ///
  /// - Throws: as ``init(_:data:foldBatchNorm:)``.
  public static func check(_ model: Model, _ outline: DataOutline?) throws {
    if let outline { try model.check(against: outline) }
    _ = try model.graph.onnx()
  }

  /// The file's bytes.
  ///
  /// - Parameter metadata: more entries of the file's metadata.
  public func bytes(metadata: [String: String] = [:]) -> [UInt8] {
    var file = file
    file.metadata.merge(metadata) { $1 }
    return file.bytes()
  }

  /// The metadata of an ONNX file; `nil` for bytes that are none.
  public static func metadata(of bytes: [UInt8]) -> [String: String]? { ONNXFile.metadata(of: bytes) }
}

extension ONNXGraph {
  /// The graph with the values of its parameters.
  fileprivate func filled(from state: [String: Tensor]) -> ONNXGraph {
    var filled = self
    for index in constants.indices where constants[index].content == .parameter {
      filled.constants[index].content = .numbers(state[constants[index].name]?.values ?? [])
    }
    return filled
  }
}
