import CLibFuzzer
import Cells
import Foundation

/// Runs libFuzzer's loop on one target.
enum LibFuzzer {
  private nonisolated(unsafe) static var read: @Sendable ([UInt8]) -> Void = { _ in }

  static func run(_ target: FuzzTarget, arguments: [String]) -> Never {
    read = target.read
    // They live until the process ends.
    let words = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: arguments.count + 1)
    for (index, word) in arguments.enumerated() { words[index] = strdup(word) }
    words[arguments.count] = nil
    var count = CInt(arguments.count)
    var vector: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = words
    // Cells need a large stack; a thread per cell would cost more than checking it.
    let status = withLargeStack {
      LLVMFuzzerRunDriver(&count, &vector) { data, size in
        LibFuzzer.read(Array(UnsafeBufferPointer(start: data, count: size)))
        return 0
      }
    }
    exit(status)
  }
}
