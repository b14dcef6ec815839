import CKernels
import COpenBLAS

/// The processor instructions used by the kernels, chosen at the first access. The environment variable `QUIRE_ISA`
/// overrides the choice.
///
///     InstructionSet.current.name          // "avx512bf16" on a recent server
///     InstructionSet.current.description   // "avx2, OpenBLAS 0.3.21": everything that results depend on
public struct InstructionSet: Sendable, Hashable, CustomStringConvertible {
  /// `avx512bf16`, `avx512`, `avx2` or `portable`.
  public let name: String
  /// Whether bfloat16 dot products are available.
  public let hasBFloat16: Bool
  /// The version of OpenBLAS used for products that it computes faster; `nil` if it is not installed or
  /// `QUIRE_OPENBLAS=off` is set.
  public let openBLAS: String?

  public var description: String { [name, openBLAS].compactMap(\.self).joined(separator: ", ") }

  /// The instruction set in use.
  public static let current: InstructionSet = {
    let kernels = quire_kernels_best()
    return InstructionSet(
      name: String(cString: kernels.pointee.name), hasBFloat16: kernels.pointee.product_bf16 != nil,
      openBLAS: kernels.pointee.openblas_computes_gradients == 0
        ? nil : quire_openblas_name().map { String(cString: $0) })
  }()

  /// The names of all instruction sets that this processor supports, the fastest first.
  public static let supported: [String] = {
    var names: [String] = []
    while let kernels = quire_kernels_supported(Int32(names.count)) {
      names.append(String(cString: kernels.pointee.name))
    }
    return names
  }()
}
