import Foundation
import Testing

/// The examples in the library's reference compile, run and compute what the page says.
@Suite struct ArticleTests {
  private static let folder = "\(Executable.repository)/Sources/Neural/Neural.docc"

  /// A reader who copies an example gets a compiler error, a failing call or another value than the page shows.
  @Test func examplesRunAsWritten() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder)
    let pages = names.filter { $0.hasSuffix(".md") }.sorted()
    #expect(pages.count >= 5)
    for page in pages {
      let folder = try Executable.scratchFolder()
      defer { try? FileManager.default.removeItem(atPath: folder) }
      let markdown = try String(contentsOfFile: "\(Self.folder)/\(page)", encoding: .utf8)
      let source = ArticleProgram(markdown: markdown).source
      try source.write(toFile: "\(folder)/main.swift", atomically: true, encoding: .utf8)

      let compiled = try ProgramCompiler().link("\(folder)/main.swift", to: "\(folder)/article")
      try #require(compiled.status == 0, "\(page): \(compiled.output)\(compiled.errors)")
      let result = try Executable.launch("\(folder)/article", [], in: folder)
      #expect(result.status == 0, "\(page): \(result.errors)")
      #expect(result.output == "", "\(page)")
    }
  }

  /// A program that compares nothing would pass for ever.
  @Test func programComparesValuesWithComments() {
    let program = ArticleProgram(
      markdown: """
        ```swift
        import Neural
        let n = 2
        print(n + 1)   // 3
        ```
        ```python
        print(4)
        ```
        ```swift
        print(n)
        ```
        """)
    #expect(program.source.hasPrefix("import Neural\nfunc expect"))
    #expect(program.source.contains("let n = 2\nexpect(n + 1, #\"3\"#)\nignore(n)\n}\n"))
    #expect(!program.source.contains("4"))
  }
}
