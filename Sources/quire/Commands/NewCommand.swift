import ArgumentParser
import NotebookRunner

struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Write a starter notebook.",
    discussion: """
      quickstart  a short tour: data, model, training, results
      images      training on a folder of images; writes sample images to NAME-images/
      sweep       parameters, and the 'quire sweep' command that compares their values

      Each template runs unchanged, in less than a minute.

      Example:
        quire new flowers --template images

      Exit status: 0 success; 1 a file could not be written; 2 nothing was written.
      """)

  @Argument(help: "Path of the new notebook, with or without .md")
  var name: String

  @Option(name: .long, help: "Template to start from")
  var template: StarterTemplate = .quickstart

  @Flag(name: .long, help: .force)
  var force = false

  func run() throws {
    let options = StarterOptions(name: name, template: template, replaces: force)
    let starter: Starter
    do { starter = try NotebookRunner.create(options) } catch {
      Console.error("\(error)")
      throw ExitCode(error.exitCode)
    }
    Console.out("Wrote \(starter.notebook)")
    if let folder = starter.imageFolder {
      Console.out(
        starter.sampleCount > 0
          ? "Wrote \(starter.sampleCount) sample images to \(folder)/"
          : "Kept the existing images in \(folder)/")
    }
    Console.out("Next: \(starter.nextCommand)")
  }
}

extension StarterTemplate: ExpressibleByArgument {}
