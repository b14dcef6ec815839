import Diagnostics
import Foundation
import Testing

@testable import Documents

/// `-P file.yaml`: values that users write, and the messages for invalid ones.
@Suite struct ParameterFileTests {
  private func read(_ text: String) -> (entries: [String], problems: String) {
    let (file, problems) = ParameterFile.read(SourceText(name: "p.yaml", text: text))
    return (
      file?.entries.map { "\($0.name) = \($0.value.text)" } ?? [],
      problems.map { $0.rendered(in: file?.source) }.joined(separator: "\n")
    )
  }

  @Test func valuesAreReadAsTheCommandLineWouldHaveThem() {
    let (entries, problems) = read(
      """
      # a comment
      lr: 1e-3
      epochs: 5
      fast: true
      name: two words
      quoted: "5"
      escaped: 'a "b" \\'
      target: null
      widths: [16, 32]
      names: [adam, "s g d", 3]
      """)
    #expect(problems == "")
    #expect(
      entries == [
        "lr = 1e-3", "epochs = 5", "fast = true", "name = two words", #"quoted = "5""#,
        #"escaped = "a \"b\" \\""#, "target = nil", "widths = [16, 32]", #"names = ["adam", "s g d", 3]"#,
      ])
    #expect(read("").entries == [] && read("").problems == "")
  }

  @Test func aListsElementsHaveTheirOwnTextAndPlace() throws {
    let (file, _) = ParameterFile.read(SourceText(name: "p.yaml", text: "é: [a, [1, 2]]"))
    let value = try #require(file?.entries.first?.value)
    #expect(value.elements?.map(\.text) == ["a", "[1, 2]"])
    #expect(value.elements?.map(\.range.start.description) == ["p.yaml:1:5", "p.yaml:1:8"])
  }

  @Test(arguments: [
    ("- a", "p.yaml:1:1: error: a parameter file must map names to values, found a list"),
    ("5", "p.yaml:1:1: error: a parameter file must map names to values, found '5'"),
    (
      "a: 1\nb: {c: 1}",
      "p.yaml:2:4: error: the value of 'b' must be a number, text, true or false, found a mapping"
    ),
    (
      "a: [1, {b: 2}]",
      "p.yaml:1:8: error: the value of 'a' must be a number, text, true or false, found a mapping"
    ),
    ("a:\nb: 1", "p.yaml:1:1: error: 'a' has no value"),
    ("a: []", "p.yaml:1:4: error: the list of 'a' is empty"),
    ("[x]: 1", "p.yaml:1:1: error: a parameter's name must be text, found a list"),
    ("a: 1\na: 2", "p.yaml:1:1: error: the parameter file is not valid YAML: duplicate key 'a'"),
    ("a: 'x", "error: the parameter file is not valid YAML: "),
    (String(repeating: "[", count: 5000), "error: the parameter file is not valid YAML: nested too deeply"),
  ])
  func whatIsWrongIsSaidAtItsPlace(_ text: String, _ expected: String) {
    #expect(read(text).problems.contains(expected), "\(read(text).problems)")
  }

  @Test func aFileThatCannotBeReadIsAProblem() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("quire-\(UUID())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data([0x61, 0xFF, 0x00]).write(to: URL(fileURLWithPath: "\(folder)/binary.yaml"))
    for (path, expected) in [
      ("\(folder)/binry.yaml", "file not found\n  note: did you mean '\(folder)/binary.yaml'?"),
      (folder, "this is a folder"), ("\(folder)/binary.yaml", "not UTF-8 text"),
      ("/dev/zero", "cannot read the file: not a file"),
    ] {
      let (file, problems) = ParameterFile.read(path: path)
      #expect(file == nil)
      let text = problems.map { $0.rendered() }.joined()
      #expect(text.hasPrefix("error: -P \(path): \(expected)"), "\(text)")
    }
  }
}
