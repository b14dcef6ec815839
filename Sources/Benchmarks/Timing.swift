import Foundation

/// Images a second over many timed batches: the median, and the slowest and the fastest.
public struct Rate: Figures {
  public var median: Double
  public var min: Double
  public var max: Double

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
    "\(decimals(median)) images a second (\(decimals(min))…\(decimals(max)))"
  }

  private func decimals(_ rate: Double) -> String { String(format: "%.1f", rate) }
}

/// Seconds that all threads of this process have computed.
func processorSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// The most memory that this process has held, in bytes.
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

/// What a body's run takes, in seconds.
func seconds(_ body: () throws -> Void) rethrows -> Double {
  let clock = ContinuousClock()
  let start = clock.now
  try body()
  let time = clock.now - start
  return Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
}

/// The same by processor time where the body computes on one thread: what else the machine does is left out then.
func seconds(threads: Int, _ body: () throws -> Void) rethrows -> Double {
  guard threads == 1 else { return try seconds(body) }
  let start = processorSeconds()
  try body()
  return processorSeconds() - start
}
