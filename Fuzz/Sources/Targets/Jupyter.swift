import Exporting

extension FuzzTarget {
  /// A Jupyter notebook's JSON.
  static let jupyter = FuzzTarget(name: "jupyter") { bytes in
    do throws(JupyterError) {
      _ = try JupyterImport(bytes, name: "n")
    } catch {
      _ = error.diagnostic(file: "n.ipynb")
    }
  }
}
