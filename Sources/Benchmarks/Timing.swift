import Foundation
import Support

/// Images per second over many timed batches: median, slowest and fastest.
public struct Rate: Figures {
  /// The median, in images per second.
  public var median: Double
  /// The slowest batch, in images per second.
  public var min: Double
  /// The fastest batch, in images per second.
  public var max: Double

  /// Computes the rate from the batches' times.
  ///
  /// - Precondition: there is at least one time.
  init(images: Int, seconds: [Double]) {
    let sorted = seconds.sorted()
    median = Double(images) / sorted[sorted.count / 2]
    min = Double(images) / sorted[sorted.count - 1]
    max = Double(images) / sorted[0]
  }

  enum CodingKeys: String, CodingKey {
    case median = "imagesPerSecond"
    case min, max
  }

  public var description: String {
    "\(decimals(median)) images/s (\(decimals(min))…\(decimals(max)))"
  }

  private func decimals(_ rate: Double) -> String { Number.fixed(rate, 1) }
}

/// Processor seconds used by all threads of this process.
func processorSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// The peak memory of this process, in bytes.
func peakMemory() -> Int {
  var usage = rusage()
  #if os(Linux)
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
  #else
    getrusage(RUSAGE_SELF, &usage)
    return usage.ru_maxrss
  #endif
}

/// The time to run a body, in seconds.
func seconds(_ body: () throws -> Void) rethrows -> Double {
  let clock = ContinuousClock()
  let start = clock.now
  try body()
  return (clock.now - start).seconds
}

/// The time to run a body, in seconds; processor time if it uses one thread, which excludes other load on the
/// machine.
func seconds(threads: Int, _ body: () throws -> Void) rethrows -> Double {
  guard threads == 1 else { return try seconds(body) }
  let start = processorSeconds()
  try body()
  return processorSeconds() - start
}
