/// A node of a parsed formula.
indirect enum Node: Sendable {
  case row([Node])
  /// A letter or a word; a single letter is italic unless it is upright.
  case identifier(String, isUpright: Bool)
  case number(String)
  case mark(Mark)
  /// Words, with a CSS style.
  case text(String, style: String)
  /// Horizontal space in em.
  case space(Double)
  /// A fraction; `isDisplay` is set by `\dfrac` and `\tfrac`.
  case fraction(Node, Node, hasBar: Bool, isDisplay: Bool?)
  case root(Node, index: Node?)
  case scripts(Node, sub: Node?, sup: Node?, limits: Limits)
  /// Something above or below a base, for example `\hat{x}` or `\overset{a}{=}`.
  case over(Node, Node, isAccent: Bool)
  case under(Node, Node, isAccent: Bool)
  case table(Table)
  /// `\displaystyle`, or a smaller size of text.
  case styled(isDisplay: Bool, scriptLevel: Int, Node)
  case coloured(String, Node)
  /// A part with a CSS style, for example a frame.
  case decorated(String, Node)
  case phantom(Node)
  /// `\mathrel{…}` and its kin: a part that is spaced as another class.
  case classed(AtomClass, Node)
}

/// The role of a symbol in TeX, which determines the space around it.
enum AtomClass: Sendable {
  case ordinary, largeOperator, function, binary, relation, open, close, punctuation
}

/// The place of scripts at an operator.
enum Limits: Sendable {
  /// Above and below in displayed formulas only, for sums and `lim`; else beside.
  case automatic
  case always, never
}

/// An operator, relation, delimiter or other symbol.
struct Mark: Sendable {
  var text: String
  var kind: AtomClass
  /// Whether a delimiter grows with its content.
  var isStretchy = false
  /// The height in em of `\big(` and its kin.
  var size: Double?
}

/// Rows of cells, for example a matrix.
struct Table: Sendable {
  enum Alignment: String, Sendable { case left, center, right }

  var rows: [[Node]] = []
  /// The alignments, repeated if there are more columns.
  var alignments: [Alignment] = [.center]
  /// Whether cells are formulas on their own line.
  var isDisplay = false
  /// Whether pairs of columns touch, as in `aligned`.
  var isPaired = false
  /// The row numbers with a line above.
  var ruledRows: Set<Int> = []
  /// The column numbers with a line before.
  var ruledColumns: Set<Int> = []
}

extension Node {
  static let empty = Node.row([])

  init(_ nodes: [Node]) { self = nodes.count == 1 ? nodes[0] : .row(nodes) }

  /// The role in a row.
  var kind: AtomClass {
    switch self {
    case .mark(let mark): mark.kind
    case .scripts(let base, _, _, _): base.kind
    case .over(let base, _, let isAccent), .under(let base, _, let isAccent): isAccent ? .ordinary : base.kind
    case .classed(let kind, _): kind
    case .coloured(_, let inner): inner.kind
    default: .ordinary
    }
  }

  /// The letters alone, for `\operatorname`; `nil` if there is anything else.
  var word: String? {
    switch self {
    case .row(let nodes):
      var result = ""
      for node in nodes {
        guard let word = node.word else { return nil }
        result += word
      }
      return result
    case .identifier(let text, _), .number(let text), .text(let text, _): return text
    case .mark(let mark): return mark.text == "−" ? "-" : mark.text == "∗" ? "*" : mark.text
    case .space(let width): return width > 0 ? "\u{2009}" : ""
    default: return nil
    }
  }
}
