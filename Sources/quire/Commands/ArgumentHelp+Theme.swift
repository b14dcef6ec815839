import ArgumentParser

extension ArgumentHelp {
  static var theme: Self { Self("Style sheet to add to the page (docs/themes.md)", valueName: "file.css") }
}
