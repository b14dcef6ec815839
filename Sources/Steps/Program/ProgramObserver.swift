import Neural
import Reporting
import Support

/// Prints the results of steps and writes their files.
struct ProgramObserver: RunObserver {
  /// The output folder.
  let directory: String
  let isQuiet: Bool

  var shouldStop: Bool { false }

  func append(_ block: ReportBlock) {
    guard !isQuiet else { return }
    switch block {
    // Warnings and epochs are printed as they occur; images are only for reports.
    case .message(.warning, _), .trainingLog, .gallery: break
    case .figure(let figure): Terminal.out("Figure: \(directory)/\(figure.name).png")
    default: Terminal.out(block.plainText)
    }
  }

  func progress(_ event: ProgressEvent) {
    guard !isQuiet else { return }
    switch event {
    case .batch, .images: break
    case .epoch(let record, let planned):
      Terminal.out(record.logLine(of: planned))
    case .line(let line): Terminal.out(line)
    case .remark(let line): if Terminal.isTerminal { Terminal.out(line) }
    case .warning(let text): Terminal.error("warning: \(text)")
    }
  }

  func write(_ bytes: [UInt8], to name: String) throws {
    try AtomicFile.write(bytes, to: "\(directory)/\(name)")
  }
}
