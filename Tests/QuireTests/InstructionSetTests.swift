import Foundation
import Testing

/// `QUIRE_ISA`, set by a user.
@Suite struct InstructionSetTests {
  private func run(_ arguments: [String], instructionSet: String) throws -> Executable.Result {
    let folder = try Executable.scratchFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let notebook = """
      ```swift
      let data = loadData(.synthetic(train: 20, test: 10), batchSize: 10)
      let model = buildModel("M") { AdaptiveAvgPool2d(2); Flatten(); Linear(12, 10); LogSoftmax() }
      train(model, on: data, epochs: 1)
      ```

      """
    try notebook.write(toFile: "\(folder)/n.md", atomically: true, encoding: .utf8)
    return try Executable.run(
      ["run", "n.md"] + arguments, in: folder, environment: ["QUIRE_ISA": instructionSet])
  }

  /// The portable kernels never have bfloat16 products, so this can be tested on every machine.
  @Test(arguments: InstructionSetTests.withoutBFloat16)
  func withoutBFloat16MixedPrecisionIsSingleAndSaysSo(instructionSet: String) throws {
    let result = try run(["--precision", "mixedBFloat16"], instructionSet: instructionSet)
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    // The warning is in a box.
    let text = result.output.filter { !"!\n".contains($0) }.split(separator: " ").joined(separator: " ")
    #expect(
      text.contains(
        "does not support bfloat16 (instruction set \(instructionSet)): training with float32 instead of "
          + "mixedBFloat16"), "\(result.output)\(result.errors)")
  }

  #if arch(x86_64)
    static let withoutBFloat16 = ["avx2", "portable"]
  #else
    static let withoutBFloat16 = ["portable"]
  #endif

  @Test func singlePrecisionWarnsOfNothing() throws {
    let result = try run([], instructionSet: "portable")
    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(!result.output.contains("bfloat16"), "\(result.output)")
  }

  @Test func anUnknownInstructionSetIsAnError() throws {
    let result = try run([], instructionSet: "mmx")
    #expect([1, 2].contains(result.status), "\(result.output)\(result.errors)")
    #expect(result.errors.contains("QUIRE_ISA is 'mmx', which is not an instruction set"), "\(result.errors)")
  }
}
