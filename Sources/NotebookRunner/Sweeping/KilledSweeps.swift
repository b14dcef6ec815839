import Foundation
import Support

/// Settles the sweep.json of killed sweeps and the run.json of their runs, as ``KilledRuns`` does for single runs.
enum KilledSweeps {
  /// Settles the sweeps of an output folder.
  static func settle(output: String) {
    let folder = output.isEmpty ? "." : output
    for name in (try? FileBytes.list(folder)) ?? [] where name.hasSuffix("-sweep") {
      settle(directory: "\(folder)/\(name)")
    }
  }

  private static func settle(directory: String) {
    let path = "\(directory)/sweep.json"
    guard SweepManifest.read(path)?.status == .running, let lock = SweepFolder.lock(directory), lock >= 0
    else {
      return
    }
    defer { close(lock) }
    // The sweep may have ended before the lock was taken.
    guard var manifest = SweepManifest.read(path), manifest.status == .running else { return }
    manifest.status = .interrupted
    for index in manifest.runs.indices where manifest.runs[index].status == .running {
      manifest.runs[index].status = .interrupted
      KilledRuns.settle(output: "\(directory)/\(manifest.runs[index].folder)")
    }
    try? AtomicFile.write(JSON.text(manifest), to: path, isSynced: false)
  }
}
