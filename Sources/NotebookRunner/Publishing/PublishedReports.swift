import Foundation
import Neural
import Support

/// The reports to publish with the files that their pages link to.
struct PublishedReports {
  /// The names of the reports, without `.html`.
  private(set) var names: [String] = []
  /// The files, as paths relative to the output folder, sorted.
  private(set) var files: [String] = []
  private(set) var notes: [String] = []

  /// Finds the reports and their files.
  ///
  /// - Throws: ``PublishProblem`` or ``ReportProblem``.
  init(_ options: PublishOptions) throws {
    let output = options.output.isEmpty ? "." : options.output
    KilledRuns.settle(output: output)
    KilledSweeps.settle(output: output)
    for (name, status) in try Self.reports(options) {
      if status == nil || options.publishesUnfinished {
        names.append(name)
      } else if let status {
        if !options.notebooks.isEmpty {
          throw PublishProblem.unfinished(report: "\(output)/\(name).html", status: status)
        }
        notes.append("\(name): skipped, because the run \(status); --all publishes it too")
      }
    }
    guard !names.isEmpty else {
      throw notes.isEmpty ? PublishProblem.noReports(output: output) : PublishProblem.onlyUnfinished
    }
    collectFiles(in: output)
  }

  /// The names of the reports, each with the end of its run if that did not finish.
  private static func reports(_ options: PublishOptions) throws -> [(name: String, status: String?)] {
    let output = options.output.isEmpty ? "." : options.output
    var names: [String] = []
    for notebook in options.notebooks {
      let report = try NotebookRunner.report(of: notebook, output: options.output)
      let name = (report.split(separator: "/").last ?? "").dropLast(".html".count)
      if !names.contains(String(name)) { names.append(String(name)) }
    }
    if options.notebooks.isEmpty {
      names = ((try? FileBytes.list(output)) ?? []).filter { FileBytes.isFile("\(output)/\($0).html") }
    }
    return names.compactMap { name in
      guard let status = status(of: name, in: output) else { return nil }
      return (name, status.isEmpty ? nil : status)
    }
  }

  /// The end of a run or sweep that did not finish, for example `failed`; empty if it finished, `nil` if the folder is
  /// none of a run.
  private static func status(of name: String, in output: String) -> String? {
    struct Record: Decodable { var status: RunStatus }
    if let record = decoded(Record.self, "\(output)/\(name)/run.json") {
      return switch record.status {
      case .finished: ""
      case .running: "has not ended, or was killed"
      case .failed: "failed"
      case .interrupted: "was interrupted"
      }
    }
    guard let sweep = SweepManifest.read("\(output)/\(name)/sweep.json") else { return nil }
    return switch sweep.status {
    case .finished: ""
    case .pending, .running: "has not ended, or was killed"
    case .failed: "failed"
    case .interrupted: "was interrupted"
    }
  }

  private static func decoded<Value: Decodable>(_ type: Value.Type, _ path: String) -> Value? {
    guard let bytes = try? FileBytes.read(path, limit: 1 << 26), !JSON.isTooDeep(bytes) else { return nil }
    return try? JSON.decoder.decode(type, from: Data(bytes))
  }

  /// Collects the pages and, page by page, the files that they link to.
  private mutating func collectFiles(in output: String) {
    var found: Set<String> = []
    var open = names.map { "\($0).html" }
    while let file = open.popLast() {
      guard found.insert(file).inserted, file.hasSuffix(".html"),
        let page = try? FileBytes.read("\(output)/\(file)", limit: 1 << 30)
      else { continue }
      for link in PageLinks.relative(in: String(decoding: page, as: UTF8.self)) {
        let folder = file.contains("/") ? AtomicFile.directory(of: file) + "/" : ""
        guard let path = PageLinks.resolved(folder + link) else {
          notes.append("\(file) links to \(link), which is outside \(output)/ and was not published")
          continue
        }
        if FileBytes.isFile("\(output)/\(path)") { open.append(path) }
      }
    }
    // The target has an index of its own.
    files = found.subtracting(["index.html"]).sorted()
  }
}

/// The links of a page to other files.
enum PageLinks {
  /// The relative paths that elements of a page refer to, decoded, each once.
  static func relative(in page: String) -> [String] {
    var paths: [String] = []
    for match in page.matches(of: #/\s(?:href|src)="([^"]*)"/#) {
      let target = String(match.1).replacing("&amp;", with: "&")
      let path = target.prefix { $0 != "?" && $0 != "#" }
      // Addresses have a scheme, such as `https:` or `data:`.
      guard !path.isEmpty, !path.hasPrefix("/"), !path.prefix(while: { $0 != "/" }).contains(":"),
        let decoded = path.removingPercentEncoding, !paths.contains(decoded)
      else { continue }
      paths.append(decoded)
    }
    return paths
  }

  /// The path without `.` and `..`; `nil` if it leaves the folder.
  static func resolved(_ path: String) -> String? {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part != ".." {
        parts.append(part)
      } else if parts.popLast() == nil {
        return nil
      }
    }
    return parts.isEmpty ? nil : parts.joined(separator: "/")
  }
}
