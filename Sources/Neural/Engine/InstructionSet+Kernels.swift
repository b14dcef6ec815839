import CKernels

extension InstructionSet {
  /// The kernels with this name, or the one in QUIRE_ISA, or the best.
  ///
  /// - Throws: ``PlanError`` if the name is unknown or the processor does not support it.
  static func kernels(named name: String?, model: String) throws -> UnsafePointer<quire_kernels> {
    guard let name = name ?? quire_kernels_forced().map({ String(cString: $0) }) else {
      return quire_kernels_best()
    }
    guard let kernels = quire_kernels_named(name) else {
      let isKnown = quire_kernels_support(name) != QUIRE_UNKNOWN
      throw PlanError(fact: .instructionSet(name, isKnown: isKnown, supported: supported), model: model)
    }
    return kernels
  }
}
