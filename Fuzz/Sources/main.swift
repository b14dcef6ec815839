import Foundation

// Usage: fuzz TARGET [libFuzzer's arguments]; without arguments, lists the targets and their maximum input lengths.

var arguments = CommandLine.arguments
guard arguments.count > 1 else {
  for target in FuzzTarget.all { print(target.name, target.maximumLength) }
  exit(0)
}
let name = arguments.remove(at: 1)
guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
  print("fuzz: unknown target '\(name)'; run fuzz without arguments for a list")
  exit(2)
}
LibFuzzer.run(target, arguments: arguments)
