import Benchmarks
import Foundation
import NaiveTraining
import TestSupport
import Testing

@testable import Neural

/// Networks as ONNX files in onnxruntime: onnx.checker accepts them, and the outputs are Quire's, within 1e-4.
///
/// Needs Python with the packages of `scripts/onnx/requirements.txt`, in the repository's `.venv` or as `python3`;
/// `QUIRE_PYTHON` names another one.
@Suite struct ONNXRuntimeTests {
  @Test(
    .enabled(if: Python.hasRuntime, "onnxruntime is missing: pip install -r scripts/onnx/requirements.txt"))
  func `onnxruntime computes what evaluations compute`() throws {
    let place = try TemporaryDirectory()
    var written = 0
    func write(_ model: Model, _ name: String, count: Int, foldBatchNorm: Bool = false) throws {
      let input = FormulaTensors.uniform(1 << 20, count: count * model.input.elements, bound: 8)
      let output = try Probe(model, input: input, gradient: nil).output
      try place.write(ONNXExport(model, data: nil, foldBatchNorm: foldBatchNorm).bytes(), to: "\(name).onnx")
      try place.write(input.withUnsafeBytes { Array($0) }, to: "\(name).input")
      try place.write(output.withUnsafeBytes { Array($0) }, to: "\(name).output")
      written += 1
    }
    for network in ONNXCase.all {
      try write(network.model(), network.name, count: 3, foldBatchNorm: network.name.hasSuffix("-folded"))
    }
    for network in [BenchmarkNetwork.assignment, .resnet20, .mobileNetV2, .groupNormGELU] {
      let model = try network.model()
      model.setFormulaWeights()
      try write(model, network.rawValue, count: 2)
      try write(model, "\(network.rawValue)-folded", count: 2, foldBatchNorm: true)
    }
    #expect(written > 30)
    let result = try Python.run([place.path])
    #expect(result.status == 0, "\(result.output)")
  }
}

/// Runs `scripts/onnx/compare.py`.
private enum Python {
  static let hasRuntime = (try? run([]).status) == 0

  private static let repository = URL(fileURLWithPath: #filePath).pathComponents.dropLast(4)

  private static var interpreter: String {
    let own = NSString.path(withComponents: repository + [".venv", "bin", "python3"])
    return ProcessInfo.processInfo.environment["QUIRE_PYTHON"]
      ?? (FileManager.default.isExecutableFile(atPath: own) ? own : "python3")
  }

  static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let script = NSString.path(withComponents: repository + ["scripts", "onnx", "compare.py"])
    process.arguments = [interpreter, script] + arguments
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
