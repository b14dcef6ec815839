import ArgumentParser

/// When text is bold or coloured.
enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
  /// On a terminal, unless `NO_COLOR` is set.
  case auto
  case always, never
}

extension ArgumentHelp {
  static let color = ArgumentHelp(
    "Use colours: auto, always or never (default: auto, on a terminal without NO_COLOR)", valueName: "when")
}
