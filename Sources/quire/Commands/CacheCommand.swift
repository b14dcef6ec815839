import ArgumentParser
import Foundation
import Neural
import Store
import Support

struct CacheCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache",
    abstract: "Inspect and clear the cache.",
    discussion: """
      The cache is the folder output/.quire/. You may delete it at any time; the next run then computes everything \
      again.

      Example:
        quire cache ls

      Exit status: 0 success; 1 the cache is in use, or files cannot be read or removed; 2 unknown name.
      """,
    subcommands: [List.self, Remove.self, Collect.self])

  /// How long to wait for a run that is about to end.
  static let patience = Duration.seconds(2)

  struct Place: ParsableArguments {
    @Option(name: .long, help: .output)
    var output: String = "output"

    /// Runs an operation on the store; errors become messages and exit codes.
    func use(_ body: (Store) throws -> Void) throws {
      let store = Store(output: output)
      defer { for note in store.takeNotes() { Console.error("note: \(note)") } }
      if !FileManager.default.fileExists(atPath: store.directory) {
        Console.error(
          "note: \(store.directory) does not exist; use --output to specify the results folder")
      }
      do { try body(store) } catch {
        Console.error("quire cache: error: \(error)")
        throw ExitCode((error as? StoreError)?.isWrongName == true ? 2 : 1)
      }
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "ls",
      abstract: "List entries, most recently used first.",
      discussion: """
        A pinned training belongs to an existing report and is never evicted.

        Example:
          quire cache ls --output output
        """)

    @OptionGroup var place: Place

    @Flag(name: .long, help: "Print JSON; docs/cache.md describes the format")
    var json = false

    func run() throws {
      try place.use { store in
        let contents = try store.contents()
        if json {
          Console.raw(contents.json(directory: store.directory, limit: Store.defaultLimit))
        } else {
          Console.out(contents.table(limit: Store.defaultLimit))
        }
      }
    }
  }

  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rm",
      abstract: "Remove a notebook's entries, one entry, or everything.",
      discussion: """
        Keeps entries that another notebook's last run used. Never removes reports or results.

        Example:
          quire cache rm cifar10
        """)

    @Argument(help: "Notebook name, or the first characters of a key from 'quire cache ls'")
    var name: String?

    @Flag(name: .long, help: "Remove everything")
    var all = false

    @OptionGroup var place: Place

    func validate() throws {
      if all == (name != nil) { throw ValidationError("specify either a name or --all") }
    }

    func run() throws {
      try place.use { store in
        if let name {
          Console.out("\(try store.remove(name, waiting: CacheCommand.patience))")
        } else {
          Console.out("\(try store.removeAll(waiting: CacheCommand.patience))")
        }
      }
    }
  }

  struct Collect: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "gc",
      abstract:
        "Remove damaged and unused files, then the least recently used entries until the cache fits the limit.",
      discussion: """
        Each run does this when it ends, with the default limit, unless another run is in progress.

        Example:
          quire cache gc --max-size 500M
        """)

    @Option(
      name: .long,
      help: ArgumentHelp("Maximum size of the cache, e.g. 500M or 2GiB", valueName: "size"))
    var maxSize = ByteCount(Store.defaultLimit)

    @OptionGroup var place: Place

    func run() throws {
      try place.use { store in
        let removal = try store.collect(limit: maxSize.bytes, waiting: CacheCommand.patience)
        Console.out("\(removal)")
        if removal.kept > maxSize.bytes {
          Console.out(
            "The cache is still larger than \(maxSize), because existing reports pin the remaining entries.")
        }
      }
    }
  }
}
