import ArgumentParser
import Foundation
import Neural
import Store
import Support

struct CacheCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache",
    abstract: "Show and clear what runs keep for later runs.",
    discussion: """
      It lies in output/.quire/ and may be removed at any time: a run then computes it anew.

      Example:
        quire cache ls

      Exit status: 0 done; 1 another run is in the way, or files cannot be read or removed; 2 nothing has that name.
      """,
    subcommands: [List.self, Remove.self, Collect.self])

  /// How long to wait for a run that is about to end.
  static let patience = Duration.seconds(2)

  struct Place: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("Where results are.", valueName: "dir"))
    var output: String = "output"

    /// Runs an operation on the store; errors become messages and exit codes.
    func use(_ body: (Store) throws -> Void) throws {
      let store = Store(output: output)
      defer { for note in store.takeNotes() { Console.error("note: \(note)") } }
      if !FileManager.default.fileExists(atPath: store.directory) {
        Console.error("note: there is no \(store.directory); --output names the folder of results")
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
      abstract: "List what is kept, what was used last first.",
      discussion: """
        What is pinned, trainings, belongs to a report that exists, and stays whatever the limit.

        Example:
          quire cache ls --output output
        """)

    @OptionGroup var place: Place

    @Flag(name: .long, help: "Print it as JSON; docs/cache.md has the form.")
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
      abstract: "Remove what a notebook's runs left, one record, or everything.",
      discussion: """
        What another notebook's last run used stays. Reports and results stay too.

        Example:
          quire cache rm cifar10
        """)

    @Argument(help: "A notebook's name, or the first characters of a key as 'quire cache ls' has it.")
    var name: String?

    @Flag(name: .long, help: "Remove everything.")
    var all = false

    @OptionGroup var place: Place

    func validate() throws {
      if all == (name != nil) { throw ValidationError("give a name, or --all, and not both") }
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
        "Remove what is damaged or used by nothing, and what was used longest ago if there is too much.",
      discussion: """
        Every run does this when it ends.

        Example:
          quire cache gc --max-size 500M
        """)

    @Option(
      name: .long,
      help: ArgumentHelp("What may stay, in bytes or with a unit: 500M, 2GiB.", valueName: "size"))
    var maxSize = ByteCount(Store.defaultLimit)

    @OptionGroup var place: Place

    func run() throws {
      try place.use { store in
        let removal = try store.collect(limit: maxSize.bytes, waiting: CacheCommand.patience)
        Console.out("\(removal)")
        if removal.kept > maxSize.bytes {
          Console.out("That is more than \(maxSize): the rest belongs to reports that exist.")
        }
      }
    }
  }
}
