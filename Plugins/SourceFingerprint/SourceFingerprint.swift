import Foundation
import PackagePlugin

/// Gives a target the constant `SourceFingerprint.value`: a digest of its sources, of those of all targets of this package
/// that it depends on, and of Package.swift, which pins the versions of everything else.
///
/// What runs save is kept under keys that hold it, so that a build with other code never uses an older build's result.
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
