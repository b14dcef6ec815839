import Documents
import Foundation
import Steps
import Support

/// The files that a notebook reads: those of its cached steps, its pictures and its parameter files.
struct WatchedInputs {
  private let settings: RunSettings
  private let reads: [CachedStep.Read]
  private let files: [String]
  private let stamps: [String]
  /// Stamps of large folders take a while, so they are compared less often.
  private var due = ContinuousClock.now

  init(_ version: CheckedVersion, _ options: RunOptions, _ settings: RunSettings) {
    let pictures = (version.notebook?.document.targets ?? []).filter { $0.kind == .picture && !$0.isOnWeb }
      .compactMap { LocalFile($0.destination, in: options.directory)?.path }
    self.settings = settings
    reads = version.reads
    files = pictures + options.parameterFiles
    stamps = files.map(Self.stamp)
  }

  private static let interval = Duration.seconds(1)

  /// Whether something was changed since the step read it. Asks the file system at most once a second, and for at most
  /// 1/20 of the time.
  mutating func isChanged() -> Bool {
    let start = ContinuousClock.now
    if start < due { return false }
    let isChanged =
      files.map(Self.stamp) != stamps || reads.contains { settings.stamp(of: $0.input) != $0.stamp }
    due = start + max(Self.interval, start.duration(to: .now) * 20)
    return isChanged
  }

  private static func stamp(of path: String) -> String {
    let facts = try? FileManager.default.attributesOfItem(atPath: path)
    let time = (facts?[.modificationDate] as? Date)?.timeIntervalSinceReferenceDate
    return "\(time ?? 0) \(facts?[.size] as? Int ?? -1)"
  }
}
