import Foundation
import Reporting
import Support

/// `output/index.html`: the reports of an output folder, the newest first.
enum ReportIndex {
  /// A page in the folder.
  private struct Page {
    var name: String
    var time: String
    var cells: [String]
  }

  /// The part of sweep.json that the list shows.
  private struct SweepRecord: Decodable {
    struct Run: Decodable { var status: String }
    var notebook: String
    var status: String
    var runs: [Run]
  }

  /// Writes the page, unless the folder has an `index.html` that Quire did not write.
  ///
  /// - Throws: `FileError`.
  static func update(output: String) throws {
    let folder = output.isEmpty ? "." : output
    let path = "\(folder)/index.html"
    if FileBytes.isFile(path) {
      guard let old = try? FileBytes.read(path, limit: 1 << 26), isIndex(old) else { return }
    }
    try AtomicFile.write(page(of: folder), to: path, isSynced: false)
  }

  /// The page with the reports of an output folder.
  ///
  /// - Parameter names: the reports to list; `nil` lists all.
  static func page(of folder: String, listing names: Set<String>? = nil) -> [UInt8] {
    mark + report(folder, names).html().utf8.dropFirst(doctype.utf8.count)
  }

  /// Whether a file is such a page.
  static func isIndex(_ bytes: [UInt8]) -> Bool { bytes.starts(with: mark) }

  /// Whether a file is a page that Quire wrote.
  static func isPage(_ bytes: [UInt8]) -> Bool {
    String(decoding: bytes.prefix(4096), as: UTF8.self).contains(
      "<meta name=\"generator\" content=\"Quire\">")
  }

  private static let doctype = "<!doctype html>"
  /// The beginning of the page, which distinguishes it from other files of that name.
  private static let mark = Array("\(doctype)<!-- quire: index -->".utf8)

  private static func report(_ folder: String, _ listed: Set<String>?) -> Report {
    let names = ((try? FileBytes.list(folder)) ?? []).filter {
      FileBytes.isFile("\(folder)/\($0).html") && listed?.contains($0) ?? true
    }
    let pages = names.compactMap { page($0, in: folder) }.sorted { ($1.time, $0.name) < ($0.time, $1.name) }
    var table = Table(
      headers: ["Report", "Outcome", "Best", "When", "Tags"], rows: pages.map(\.cells))
    for (index, page) in pages.enumerated() {
      let link = "\(page.name).html".addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? ""
      table.links[index] = Table.Link(path: "./\(link)", label: page.cells[0])
    }
    return Report(
      title: "Reports", verdict: Verdict(.finished, "Finished: \(Number.counted(pages.count, "report"))"),
      sections: [.results(Heading(level: 2, text: "All reports", id: "reports"), [.table(table)])])
  }

  private static func page(_ name: String, in folder: String) -> Page? {
    func decoded<Value: Decodable>(_ type: Value.Type, _ file: String) -> Value? {
      guard let bytes = try? FileBytes.read("\(folder)/\(name)/\(file)", limit: 1 << 26),
        !JSON.isTooDeep(bytes)
      else { return nil }
      return try? JSON.decoder.decode(type, from: Data(bytes))
    }
    if let run = decoded(RunRecord.self, "run.json") {
      let time = run.provenance.ended ?? run.updated ?? run.provenance.started
      return Page(
        name: name, time: time,
        cells: [
          run.title ?? name, run.verdict, run.bestText ?? "", day(time),
          (run.tags ?? []).joined(separator: ", "),
        ])
    }
    if let sweep = decoded(SweepRecord.self, "sweep.json") {
      let attributes = try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(name).html")
      let time = (attributes?[.modificationDate] as? Date)?.formatted(.iso8601) ?? ""
      let finished = sweep.runs.count { $0.status == "finished" }
      return Page(
        name: name, time: time,
        cells: [
          name, "Sweep: \(finished) of \(Number.counted(sweep.runs.count, "run")) finished", "", day(time),
          "",
        ])
    }
    return nil
  }

  /// `2026-11-30 17:42`, in UTC as everywhere in a report.
  private static func day(_ time: String) -> String {
    String(time.prefix(16)).replacing("T", with: " ")
  }
}
