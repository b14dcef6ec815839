import Foundation
import PackagePlugin

/// Generates the constant `SourceFingerprint.value` for a target: a digest of its sources, of the sources of all
/// package targets that it depends on, and of Package.swift, which pins the versions of all other dependencies.
///
/// Cache keys contain it, so a build never uses results of a build with different code.
@main
struct SourceFingerprint: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let root = context.package.directoryURL
    let folders = ([target] + target.recursiveTargetDependencies).map { $0.directoryURL.path }
      .filter { $0.hasPrefix(root.path + "/Sources/") }
    var sources = Set(folders).flatMap { folder in
      let names = FileManager.default.subpaths(atPath: folder) ?? []
      return names.map { "\(folder)/\($0)" }
    }
    sources = sources.filter { path in
      ["swift", "c", "h", "modulemap"].contains { path.hasSuffix(".\($0)") }
    }
    sources = (sources + [root.appending(path: "Package.swift").path]).sorted()
    let script = root.appending(path: "Plugins/SourceFingerprint/fingerprint")
    let output = context.pluginWorkDirectoryURL.appending(path: "SourceFingerprint.swift")
    return [
      .buildCommand(
        displayName: "Fingerprinting the sources of \(target.name)",
        executable: URL(filePath: "/bin/sh"),
        arguments: [script.path, root.path, output.path]
          + sources.map { String($0.dropFirst(root.path.count + 1)) },
        inputFiles: (sources + [script.path]).map { URL(filePath: $0) }, outputFiles: [output])
    ]
  }
}
