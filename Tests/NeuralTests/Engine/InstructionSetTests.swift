import CKernels
import Testing

@testable import Neural

/// Selection of kernels, and the error for an instruction set that the machine lacks.
@Suite struct InstructionSetTests {
  @Test func theMachineHasSome() throws {
    let names = InstructionSet.supported
    #expect(names.last == "portable")
    #expect(Set(names).count == names.count)
    for name in names {
      #expect(quire_kernels_support(name) == QUIRE_SUPPORTED)
      #expect(String(cString: try #require(quire_kernels_named(name)).pointee.name) == name)
      #expect(String(cString: try InstructionSet.kernels(named: name, model: "Net").pointee.name) == name)
    }
    for name in ["avx512bf16", "avx512", "avx2", "portable"] {
      #expect(quire_kernels_support(name) != QUIRE_UNKNOWN)
    }
  }

  @Test func otherNamesAreErrors() {
    #expect(quire_kernels_support("mmx") == QUIRE_UNKNOWN)
    #expect(quire_kernels_named("mmx") == nil)
    let fact = PlanError.Fact.instructionSet("mmx", isKnown: false, supported: InstructionSet.supported)
    #expect(throws: PlanError(fact: fact, model: "Net")) {
      try InstructionSet.kernels(named: "mmx", model: "Net")
    }
    #expect(
      PlanError(
        fact: .instructionSet("avx512", isKnown: true, supported: ["avx2", "portable"]), model: "Net"
      ).description
        == "QUIRE_ISA is 'avx512', which this machine does not support; this machine supports avx2, portable")
  }
}
