import Testing

/// The repository's text follows the rules of plain English that a program can check.
@Suite struct WritingTests {
  private static let files = SourceFile.all.filter { file in
    // The rules' own files name what they forbid.
    !file.path.hasPrefix("Tests/WritingTests/")
  }
  private static let sources = files.filter { $0.path.hasSuffix(".swift") }

  @Test func nothingReadsLikeATranslation() {
    for file in Self.files { record(WritingRules.phraseFindings(in: file.text), file) }
  }

  @Test func messagesHaveOneWordForWhatTheyFound() {
    for file in Self.files { record(WritingRules.foundFindings(in: file.text), file) }
  }

  @Test func docCommentsNameTheThing() {
    for file in Self.sources { record(WritingRules.openingFindings(in: DocComments(file.text)), file) }
  }

  @Test func publicDeclarationsHaveDocComments() {
    let library = SourceFile.all.filter { $0.path.hasPrefix("Sources/") && $0.path.hasSuffix(".swift") }
    let inherited = library.reduce(into: WritingRules.standardRequirements) {
      $0.formUnion(DocComments($1.text).requirements)
    }
    for file in Self.sources where file.path.hasPrefix("Sources/") {
      record(WritingRules.publicFindings(in: DocComments(file.text), inherited: inherited), file)
    }
  }

  /// A rule that finds nothing would pass for ever.
  @Test func rulesFindWhatTheyForbid() {
    let text = "/// It goes\n  /// on, so  many times; it stands for ten.\n/// It stands.\n"
    #expect(WritingRules.phraseFindings(in: text).map(\.line).sorted() == [1, 2, 3])
    #expect(WritingRules.phraseFindings(in: "so. Many; goes (on), stand, news\n").isEmpty)

    #expect(WritingRules.foundFindings(in: "expects 1; got 2\nhas 1, got it\nforgot").map(\.line) == [1, 2])

    let code = DocComments(
      """
      /// What a box holds.
      public struct Box {
        public let size: Int
        /// Whether it is full.
        public let fill: Int
        /// Whether it is full.
        public var isFull: Bool { true }
        public var description: String { "" }
        @discardableResult
        public func close() -> Int { 0 }
      }
      public protocol Shape {
        var area: Double { get }
      }
      public enum Size {
        case small
        /// Large.
        case large
      }
      """)
    #expect(WritingRules.openingFindings(in: code).map(\.line) == [1, 4])
    let inherited = WritingRules.standardRequirements.union(code.requirements)
    #expect(WritingRules.publicFindings(in: code, inherited: inherited).map(\.line) == [3, 10, 12, 15, 16])
    #expect(code.requirements == ["area"])
  }

  private func record(_ findings: [Finding], _ file: SourceFile) {
    for finding in findings {
      Issue.record(
        "\(file.path):\(finding.line): \(finding.message)",
        sourceLocation: SourceLocation(
          fileID: "WritingTests/\(file.path)", filePath: file.absolutePath, line: finding.line, column: 1))
    }
  }
}
