import CLibFuzzer
import Cells
import Foundation

/// libFuzzer's loop around one target.
enum LibFuzzer {
  private nonisolated(unsafe) static var read: @Sendable ([UInt8]) -> Void = { _ in }

  static func run(_ target: FuzzTarget, arguments: [String]) -> Never {
    read = target.read
    // They live as long as the process.
    let words = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: arguments.count + 1)
    for (index, word) in arguments.enumerated() { words[index] = strdup(word) }
    words[arguments.count] = nil
    var count = CInt(arguments.count)
    var vector: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = words
    // What cells need; a thread for every cell would cost more than reading it.
    let status = withLargeStack {
      LLVMFuzzerRunDriver(&count, &vector) { data, size in
        LibFuzzer.read(Array(UnsafeBufferPointer(start: data, count: size)))
        return 0
      }
    }
    exit(status)
  }
}
