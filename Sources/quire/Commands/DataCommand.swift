import ArgumentParser
import Foundation
import Neural
import Support

struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Download data sets.",
    discussion: """
      Example:
        quire data fetch cifar10
      """,
    subcommands: [Fetch.self])

  struct Fetch: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "fetch",
      abstract: "Download a data set and verify it.",
      discussion: """
        Run the command again to resume an interrupted download. Quire reads the archive directly, so nothing is \
        unpacked. Set $QUIRE_MIRROR to download from another server.

        Example:
          quire data fetch cifar10 --to data
        """)

    /// A published data set, by the name on the command line.
    struct Name: ExpressibleByArgument {
      let publication: Publication

      init?(argument: String) {
        let published = DataSource.published.compactMap(\.publication)
        guard let found = published.first(where: { $0.command == argument }) else { return nil }
        publication = found
      }

      static var allValueStrings: [String] { DataSource.published.compactMap(\.publication?.command) }
    }

    @Argument(help: "Data set to download")
    var name: Name

    @Option(name: .long, help: ArgumentHelp("Destination folder", valueName: "dir"))
    var to: String = "data"

    func run() throws {
      for archive in name.publication.files { try fetch(Download(archive, into: to)) }
    }

    private func fetch(_ download: Download) throws {
      Console.out("Fetching \(download.url)")
      let result = waiting {
        try await download.run { progress in show(progress) }
      }
      if Console.isTerminal { Console.raw("\r\u{1B}[K") }
      switch result {
      case .success(let path): Console.out("\(path): complete, MD5 verified")
      case .failure(let error):
        Console.error("quire data fetch: error: \(error)")
        throw ExitCode(1)
      }
    }

    private func show(_ progress: Download.Progress) {
      guard Console.isTerminal else { return }
      let done = Number.bytes(progress.bytes)
      let share = progress.total.map { " of \(Number.bytes($0))" } ?? ""
      Console.raw("\r\u{1B}[K  \(done)\(share)")
    }
  }
}

/// Blocks until asynchronous work has finished.
private func waiting<T: Sendable>(_ work: @escaping @Sendable () async throws -> T) -> Result<T, any Error> {
  nonisolated(unsafe) var result: Result<T, any Error>?
  let done = DispatchSemaphore(value: 0)
  Task {
    do { result = .success(try await work()) } catch { result = .failure(error) }
    done.signal()
  }
  done.wait()
  return result ?? .failure(CancellationError())
}
