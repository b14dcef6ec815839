import CKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The processor's instructions that the kernels use, chosen when they are first asked for. The environment's
/// `QUIRE_ISA` forces one.
///
///     InstructionSet.current.name   // "avx512" on a recent server
public struct InstructionSet: Sendable, Hashable {
  /// `avx512`, `avx2` or `portable`.
  public let name: String
  /// Whether there are dot products of bfloat16.
  public let hasBFloat16: Bool

  private init(_ kernels: UnsafePointer<quire_kernels>) {
    name = String(cString: kernels.pointee.name)
    hasBFloat16 = kernels.pointee.product_bf16 != nil
  }

  public static let current = InstructionSet(quire_kernels_best())

  /// Those that this processor has, the fastest first.
  public static let supported: [InstructionSet] = {
    var sets: [InstructionSet] = []
    while let kernels = quire_kernels_supported(Int32(sets.count)) { sets.append(InstructionSet(kernels)) }
    return sets
  }()

  /// What is wrong with the environment's `QUIRE_ISA`, if anything is.
  static let fault: PlanError.Fact? = {
    guard let forced = getenv("QUIRE_ISA"), quire_kernels_support(forced) != QUIRE_SUPPORTED else {
      return nil
    }
    return .instructionSet(found: String(cString: forced), supported: supported.map(\.name))
  }()
}
