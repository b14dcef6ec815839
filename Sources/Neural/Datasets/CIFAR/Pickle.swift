/// Reads only the kind of pickles in which CIFAR is published.
///
/// A pickle is a program for a small stack machine; Python's own reader calls whatever it names. This one knows the
/// opcodes of protocols 2 to 4 that are needed for a dictionary of texts, lists of numbers or texts, and one byte
/// array. It also knows three names: NumPy's `_reconstruct`, `ndarray` and `dtype` (and `_codecs.encode`, with
/// which Python 3 writes bytes in protocol 2). Nothing is called. Lists cannot contain lists, so the depth is
/// bounded; stack, memo and lists are bounded too.
enum Pickle {
  /// The reason why a pickle is rejected, and the offset of the error.
  struct Fault: Error, Hashable {
    var reason: String
    var offset: Int
  }

  enum Value {
    case none
    case bool(Bool)
    case integer(Int)
    /// A Python 2 `str`, or bytes.
    case bytes(ArraySlice<UInt8>)
    /// A Unicode text, as UTF-8.
    case text(ArraySlice<UInt8>)
    case tuple(Tuple)
    case list(List)
    case dictionary(Dictionary)
    case global(Global)
    case dtype(name: String)
    case array(ByteArray)
  }

  /// The names that a pickle may contain.
  enum Global: Hashable {
    case reconstruct, ndarray, dtype, encode

    init?(module: String, name: String) {
      switch (module, name) {
      case ("numpy.core.multiarray", "_reconstruct"), ("numpy._core.multiarray", "_reconstruct"):
        self = .reconstruct
      case ("numpy", "ndarray"): self = .ndarray
      case ("numpy", "dtype"): self = .dtype
      case ("_codecs", "encode"): self = .encode
      default: return nil
      }
    }
  }

  struct Tuple {
    var items: [Value]
    /// 1 for a tuple without tuples.
    var depth: Int
  }

  /// A list's integers with their offsets; other items are only counted.
  final class List {
    var integers: [(value: Int, offset: Int)] = []
    var otherItems = 0
  }

  final class Dictionary {
    var entries: [String: Value] = [:]
  }

  /// A byte array; empty until its state is read.
  final class ByteArray {
    var contents: (shape: [Int], bytes: ArraySlice<UInt8>)?
  }

  /// The dictionary in a pickle; keys that are bytes become text.
  ///
  /// - Throws: ``Fault``.
  static func dictionary(_ bytes: [UInt8]) throws -> [String: Value] {
    var machine = PickleMachine(bytes)
    guard case .dictionary(let dictionary) = try machine.run() else {
      throw Fault(reason: "contains something other than a dictionary", offset: bytes.count)
    }
    return dictionary.entries
  }
}
