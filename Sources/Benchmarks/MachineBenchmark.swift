import CMachine
import Dispatch
import Neural
import Support

/// Measures the machine's peak performance, which operations are compared with.
public enum MachineBenchmark {
  /// The benchmark's result.
  public struct Found: Figures {
    /// The instruction set, for example `avx512`.
    public var instructionSet: String
    /// The number of threads.
    public var threads: Int
    /// GFLOP/s of multiply-adds in registers.
    public var float32: Double
    /// GFLOP/s of bfloat16 products; `nil` if the instruction set has none.
    public var bfloat16: Double?
    /// How much slower the median of the multiply-add runs was than the best, as a fraction; near 0 on an idle
    /// machine.
    public var jitter: Double
    /// The fraction of the time in which the threads had a processor; well below 1 if other programs compute too.
    public var processorShare: Double
    /// GB/s read from memory.
    public var read: Double
    /// GB/s for memory that is read and written in equal parts.
    public var readWrite: Double

    public var description: String {
      let products = bfloat16.map { ", \(Number.fixed($0, 0)) in bfloat16" } ?? ""
      return """
        \(instructionSet), \(threads == 1 ? "1 thread" : "\(threads) threads"): \
        \(Number.fixed(float32, 0)) GFLOP/s in float32\(products), jitter \(Number.percent(jitter, decimals: 0)), \
        processors \(Number.percent(processorShare, decimals: 0)) free; \
        memory: \(Number.fixed(read, 1)) GB/s read, \(Number.fixed(readWrite, 1)) GB/s read and written
        """
    }

    /// GFLOP/s of products in a precision.
    func peak(_ precision: Precision) -> Double {
      precision == .float32 ? float32 : bfloat16 ?? float32
    }
  }

  /// Runs the benchmark.
  ///
  /// - Precondition: `threads` is at least 1.
  public static func run(threads: Int) -> Found {
    let name = Setting.instructionSet
    let rounds: Int64 = 10_000_000
    var (float32, jitter) = (0.0, 0.0)
    let computing = processorSeconds()
    let time = seconds {
      (float32, jitter) = best(of: 15) { parallel(threads) { _ in quire_machine_float32(name, rounds) } }
    }
    let share = min(1, (processorSeconds() - computing) / (time * Double(threads)))
    let (bfloat16, _) = best(of: 3) {
      InstructionSet.current.hasBFloat16 ? parallel(threads) { _ in quire_machine_bfloat16(rounds) } : 0
    }
    let memory = Memory(threads: threads)
    let bytes = Double(memory.count * MemoryLayout<Float>.stride)
    let (read, _) = best(of: 5) {
      parallel(threads) { thread in
        _ = quire_machine_read(memory.from(thread), Int64(memory.count))
        return bytes
      }
    }
    let (readWrite, _) = best(of: 5) {
      parallel(threads) { thread in
        quire_machine_scale(memory.from(thread), memory.to(thread), Int64(memory.count))
        return 2 * bytes
      }
    }
    return Found(
      instructionSet: name, threads: threads, float32: float32, bfloat16: bfloat16 > 0 ? bfloat16 : nil,
      jitter: jitter, processorShare: share, read: read, readWrite: readWrite)
  }

  /// Runs the body on all threads at the same time and returns billions of operations per second. The body returns
  /// its number of operations.
  private static func parallel(_ threads: Int, _ body: @Sendable (_ thread: Int) -> Double) -> Double {
    nonisolated(unsafe) var amount = 0.0
    let time = seconds(threads: threads) {
      DispatchQueue.concurrentPerform(iterations: threads) { thread in
        let done = body(thread)
        if thread == 0 { amount = done }
      }
    }
    return Double(threads) * amount / time * 1e-9
  }

  /// The best of several measurements, and the fraction by which the median fell short of it.
  private static func best(of repeats: Int, _ measure: () -> Double) -> (best: Double, jitter: Double) {
    let sorted = (0..<repeats).map { _ in measure() }.sorted(by: >)
    return (sorted[0], sorted[0] > 0 ? sorted[0] / sorted[repeats / 2] - 1 : 0)
  }

  /// Two buffers per thread, much larger in total than any cache: 128 MB to read, 128 MB to write.
  private final class Memory: Sendable {
    /// The number of floats per buffer.
    let count: Int
    private nonisolated(unsafe) let floats: UnsafeMutablePointer<Float>

    init(threads: Int) {
      count = (32 << 20) / threads / 64 * 64
      let bytes = 2 * count * threads * MemoryLayout<Float>.stride
      let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
      floats = memory.bindMemory(to: Float.self, capacity: 2 * count * threads)
      floats.initialize(repeating: 1, count: 2 * count * threads)
    }

    deinit { floats.deallocate() }

    func from(_ thread: Int) -> UnsafeMutablePointer<Float> { floats + 2 * thread * count }
    func to(_ thread: Int) -> UnsafeMutablePointer<Float> { from(thread) + count }
  }
}
