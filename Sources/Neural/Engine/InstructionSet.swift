import CKernels

/// The choice of kernels by the name of their instruction set.
enum InstructionSet {
  /// All that this CPU runs, the best first.
  static var supported: [String] {
    var names: [String] = []
    while let kernels = quire_kernels_supported(Int32(names.count)) {
      names.append(String(cString: kernels.pointee.name))
    }
    return names
  }

  /// The kernels of this name, or of the environment's QUIRE_ISA, or the best.
  static func kernels(named name: String?, model: String) throws -> UnsafePointer<quire_kernels> {
    guard let name = name ?? quire_kernels_forced().map({ String(cString: $0) }) else {
      return quire_kernels_best()
    }
    guard let kernels = quire_kernels_named(name) else {
      let isKnown = quire_kernels_support(name) != QUIRE_UNKNOWN
      throw PlanError(
        fact: .instructionSet(name, isKnown: isKnown, supported: supported), model: model)
    }
    return kernels
  }
}
