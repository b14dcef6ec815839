import COnnx
import Foundation
import Testing

@testable import Neural

/// The content of ONNX files. A file that programs refuse, or that computes something else, is found out by its
/// users, on another machine.
@Suite struct ONNXExportTests {
  private func model(folding: Bool = false) throws -> (Model, ONNXMessage) {
    let model = try Model("Small", input: Shape(2, 4, 4)) {
      Block("stem") {
        Conv2d(2, 1, kernelSize: 1, bias: false)
        BatchNorm2d(1, eps: 0.5)
        Dropout2d(0.25)
      }
      AdaptiveAvgPool2d(1)
      Flatten()
      LogSoftmax()
    }
    model.state = [
      "stem.0.weight": Tensor(shape: [1, 2, 1, 1], values: [2, 4]),
      "stem.1.weight": Tensor(shape: [1], values: [3]), "stem.1.bias": Tensor(shape: [1], values: [4]),
      "stem.1.running_mean": Tensor(shape: [1], values: [5]),
      "stem.1.running_var": Tensor(shape: [1], values: [35.5]),
    ]
    return (model, try ONNXMessage(ONNXExport(model, data: nil, foldBatchNorm: folding).bytes()))
  }

  @Test func `a file has named ends, any batch size, and PyTorch's names`() throws {
    let (_, file) = try model()
    #expect(file.model.ir_version == 8 && file.model.opset_import[0]?.pointee.version == 17)
    #expect(file.shape(file.graph.input) == "input [batch, 2, 4, 4]")
    #expect(file.shape(file.graph.output) == "output [batch, 1]")
    #expect(
      file.nodes == [
        "Conv(input, stem.0.weight) stem.0/Conv",
        "BatchNormalization(stem.0/Conv, stem.1.weight, stem.1.bias, stem.1.running_mean, stem.1.running_var) "
          + "stem.1/BatchNormalization",
        "GlobalAveragePool(stem.1/BatchNormalization) 1/GlobalAveragePool",
        "Flatten(1/GlobalAveragePool) 2/Flatten", "LogSoftmax(2/Flatten) output",
      ])
    #expect(file.constants["stem.0.weight"] == [2, 4])
  }

  /// w·γ/σ and β + (b − μ)·γ/σ with γ/σ = 3/6.
  @Test func `folding leaves convolutions that compute the same`() throws {
    let (_, file) = try model(folding: true)
    #expect(file.nodes.first == "Conv(input, stem.0.weight, stem.0.bias) stem.1/BatchNormalization")
    #expect(!file.nodes.contains { $0.hasPrefix("BatchNormalization") })
    #expect(file.constants == ["stem.0.weight": [1, 2], "stem.0.bias": [1.5]])
  }

  @Test func `a normalisation whose input is read twice is not folded`() throws {
    let model = try Model("M", input: Shape(1, 2, 2)) {
      Conv2d(1, 1, kernelSize: 1)
      Residual { BatchNorm2d(1) }
    }
    let file = try ONNXMessage(ONNXExport(model, data: nil, foldBatchNorm: true).bytes())
    #expect(file.nodes.contains { $0.hasPrefix("BatchNormalization") })
  }

  @Test func `the metadata says what the numbers mean`() throws {
    let (model, file) = try model()
    #expect(file.metadata["class_names"] == nil && file.metadata["mean"] == nil)
    #expect(file.metadata["output"] == "log-probabilities" && file.metadata["input_shape"] == "[2,4,4]")
    #expect(file.metadata["quire_version"] == Version.current && file.metadata["model"] == model.name)
    let data = try ImageData(Dataset.synthetic(train: 10, test: 10), batchSize: 5)
    let net = try Model("Net") {
      AdaptiveAvgPool2d(1)
      Flatten()
      Linear(3, 10)
    }
    let full = try ONNXMessage(ONNXExport(net, data: data).bytes()).metadata
    let names = try JSONDecoder().decode([String].self, from: Data((full["class_names"] ?? "").utf8))
    #expect(names == data.classNames)
    let mean = try JSONDecoder().decode([Double].self, from: Data((full["mean"] ?? "").utf8))
    #expect(mean == data.pipeline.normalization.mean)
    #expect(full["output"] == "scores" && full["weights"] == "initial weights")
  }

  @Test func `equal models give equal bytes`() throws {
    let (model, _) = try model()
    #expect(try ONNXExport(model, data: nil).bytes() == ONNXExport(model, data: nil).bytes())
  }

  @Test func `a layer that ONNX does not have is named with the reason`() throws {
    let model = try Model("M", input: Shape(3, 8, 8)) {
      Block("head") { AdaptiveAvgPool2d(3) }
    }
    let error = #expect(throws: ModelError.self) { try ONNXExport.check(model, nil) }
    #expect(
      error?.description
        == "AdaptiveAvgPool2d 'head.0' cannot be saved as ONNX: ONNX pools windows of one size, but 3×3 cells of 8×8 "
        + "pixels differ; use a size that divides 8")
    #expect(error?.origin != nil)
  }

  @Test func `bytes that are no ONNX file have no metadata`() {
    for bytes in [[], [0x50, 0x4B, 3, 4], [UInt8](repeating: 0xFF, count: 64), Array("model".utf8)] {
      #expect(ONNXExport.metadata(of: bytes) == nil)
    }
  }

  /// A new operation must have a network that onnxruntime computes.
  @Test func `every operation has a case`() throws {
    let sources = URL(fileURLWithPath: #filePath).pathComponents.dropLast(4)
    let folder = NSString.path(withComponents: sources + ["Sources", "Neural", "Operations"])
    let operations = try FileManager.default.contentsOfDirectory(atPath: folder).filter { file in
      try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8).contains(
        /struct \w+: \w*(Operation|Activation)\b/)
    }.map { String($0.dropLast(".swift".count)) }
    #expect(operations.count > 20)
    let covered = Set(ONNXCase.all.flatMap { $0.layers.map(\.typeName) })
    #expect(Set(operations).subtracting(covered).isEmpty)
  }
}

/// A parsed ONNX file.
final class ONNXMessage {
  private let start: UnsafeMutablePointer<Onnx__ModelProto>
  let metadata: [String: String]

  var model: Onnx__ModelProto { start.pointee }
  var graph: Onnx__GraphProto { start.pointee.graph.pointee }

  init(_ bytes: [UInt8]) throws {
    start = try #require(onnx__model_proto__unpack(nil, bytes.count, bytes))
    metadata = try #require(ONNXExport.metadata(of: bytes))
  }

  deinit { onnx__model_proto__free_unpacked(start, nil) }

  /// For example `Add(a, b) c`.
  var nodes: [String] {
    (0..<graph.n_node).compactMap { index in
      guard let node = graph.node[index]?.pointee else { return nil }
      let inputs = (0..<node.n_input).map { text(node.input[$0]) }
      return "\(text(node.op_type))(\(inputs.joined(separator: ", "))) \(text(node.output[0]))"
    }
  }

  /// The floats of the initializers.
  var constants: [String: [Float]] {
    var constants: [String: [Float]] = [:]
    for index in 0..<graph.n_initializer {
      guard let tensor = graph.initializer[index]?.pointee, tensor.data_type == 1 else { continue }
      let bytes = UnsafeRawBufferPointer(start: tensor.raw_data.data, count: tensor.raw_data.len)
      constants[text(tensor.name)] = (0..<bytes.count / 4).map {
        bytes.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self)
      }
    }
    return constants
  }

  /// For example `input [batch, 3, 32, 32]`.
  func shape(_ values: UnsafeMutablePointer<UnsafeMutablePointer<Onnx__ValueInfoProto>?>) -> String {
    guard let value = values[0]?.pointee, let shape = value.type.pointee.tensor_type.pointee.shape?.pointee
    else { return "" }
    let sizes = (0..<shape.n_dim).map { index -> String in
      guard let dimension = shape.dim[index]?.pointee else { return "" }
      return dimension.has_dim_value != 0 ? "\(dimension.dim_value)" : text(dimension.dim_param)
    }
    return "\(text(value.name)) [\(sizes.joined(separator: ", "))]"
  }

  private func text(_ text: UnsafeMutablePointer<CChar>?) -> String { text.map { String(cString: $0) } ?? "" }
}
