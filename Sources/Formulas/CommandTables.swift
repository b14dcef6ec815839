/// Commands that differ only in a value.
extension Parser {
  /// Spaces in em.
  static let spaces: [String: Double] = [
    "quad": 1, "qquad": 2, "enspace": 0.5, "enskip": 0.5, ",": 1.0 / 6, "thinspace": 1.0 / 6, ":": 2.0 / 9,
    ">": 2.0 / 9, "medspace": 2.0 / 9, ";": 5.0 / 18, "thickspace": 5.0 / 18, "!": -1.0 / 6,
    "negthinspace": -1.0 / 6, "negmedspace": -2.0 / 9, "negthickspace": -5.0 / 18, " ": 0.25, "space": 0.25,
    "nobreakspace": 0.25, "\n": 0.25, "\t": 0.25,
  ]

  static let alphabets: [String: Alphabet] = [
    "mathrm": .upright, "mathnormal": .italic, "mathup": .upright, "mathbf": .bold, "mathit": .italic,
    "boldsymbol": .boldItalic, "bm": .boldItalic, "pmb": .boldItalic, "mathcal": .script, "mathscr": .script,
    "mathfrak": .fraktur, "mathbb": .doubleStruck, "mathds": .doubleStruck, "mathbbm": .doubleStruck,
    "Bbb": .doubleStruck, "mathsf": .sans, "mathtt": .monospaced, "symbf": .bold, "bold": .bold,
    "mathbfit": .boldItalic,
  ]

  static let accents: [String: (text: String, isWide: Bool)] = [
    "hat": ("^", false), "widehat": ("^", true), "tilde": ("~", false), "widetilde": ("~", true),
    "bar": ("¯", false), "vec": ("→", false), "overrightarrow": ("→", true),
    "overleftarrow": ("←", true), "overleftrightarrow": ("↔", true), "dot": ("˙", false),
    "ddot": ("¨", false),
    "dddot": ("⃛", false), "acute": ("´", false), "grave": ("`", false), "check": ("ˇ", false),
    "widecheck": ("ˇ", true), "breve": ("˘", false), "mathring": ("˚", false),
  ]

  /// Braces over and under several terms.
  static let braces: [String: (text: String, isAbove: Bool)] = [
    "overbrace": ("⏞", true), "underbrace": ("⏟", false), "overbracket": ("⎴", true),
    "underbracket": ("⎵", false),
  ]

  static let sizes: [String: Double] = {
    var sizes: [String: Double] = [:]
    for (name, size) in [("big", 1.2), ("Big", 1.8), ("bigg", 2.4), ("Bigg", 3)] {
      for side in ["", "l", "r", "m"] { sizes[name + side] = size }
    }
    return sizes
  }()

  /// Commands whose argument is words, with their CSS.
  static let textStyles: [String: String] = [
    "text": "", "textrm": "", "textnormal": "", "textup": "", "mbox": "", "hbox": "",
    "textbf": "font-weight:bold", "textit": "font-style:italic", "emph": "font-style:italic",
    "textsl": "font-style:italic", "textsf": "font-family:sans-serif", "texttt": "font-family:monospace",
    "textmd": "", "textsc": "font-variant:small-caps",
  ]

  static let classes: [String: AtomClass] = [
    "mathrel": .relation, "mathbin": .binary, "mathord": .ordinary, "mathopen": .open, "mathclose": .close,
    "mathpunct": .punctuation, "mathinner": .ordinary,
  ]

  /// Arrows as long as their labels.
  static let labelledArrows: [String: String] = [
    "xrightarrow": "→", "xleftarrow": "←", "xleftrightarrow": "↔", "xRightarrow": "⇒", "xLeftarrow": "⇐",
    "xLeftrightarrow": "⇔", "xmapsto": "↦", "xlongequal": "=", "xhookrightarrow": "↪", "xhookleftarrow": "↩",
  ]

  static let colours: Set<String> = [
    "black", "white", "red", "green", "blue", "cyan", "magenta", "yellow", "gray", "grey", "lightgray",
    "darkgray",
    "orange", "purple", "violet", "brown", "pink", "teal", "olive", "lime", "navy", "maroon", "gold",
    "silver",
    "darkred", "darkgreen", "darkblue", "darkorange", "royalblue", "steelblue", "crimson", "indigo",
    "turquoise",
    "salmon", "tomato", "coral", "forestgreen", "dodgerblue", "firebrick", "seagreen", "skyblue", "slateblue",
  ]
}
