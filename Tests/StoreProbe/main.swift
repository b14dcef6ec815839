import Foundation
import Store

// The second process of StoreTests: StoreProbe DIRECTORY COMMAND …
//
//   hold NOTEBOOK            takes the lock, says so, and waits to be killed
//   write KEY COUNT SIZE     writes a training's states 1…COUNT, each of SIZE bytes of that number; prints each
//   collect LIMIT            prints what was removed

signal(SIGXFSZ, SIG_IGN)

func say(_ value: some CustomStringConvertible) {
  FileHandle.standardOutput.write(Data("\(value)\n".utf8))
}

let arguments = CommandLine.arguments
guard arguments.count > 3 else { exit(64) }
let store = Store(directory: arguments[1])
do {
  switch arguments[2] {
  case "hold":
    let lock = try store.lock(notebook: arguments[3])
    say("locked")
    while true { sleep(1) }
    lock.release()
  case "write":
    let count = Int(arguments[4]) ?? 0
    let size = Int(arguments[5]) ?? 0
    for state in 1...count {
      let payload = [UInt8](repeating: UInt8(truncatingIfNeeded: state), count: size)
      _ = try store.put(payload)
      try store.write(Record(.training, key: arguments[3], payload: payload))
      say(state)
    }
  case "collect":
    say(try store.collect(limit: Int(arguments[3]) ?? 0))
  default: exit(64)
  }
} catch {
  FileHandle.standardError.write(Data("\(error)\n".utf8))
  exit(1)
}
