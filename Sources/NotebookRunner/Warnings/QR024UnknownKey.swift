/// QR024: a key in the front matter without a meaning.
struct UnknownKey: ReportedWarning {
  let code = "QR024"
  let reportedAs = "unknown-key"
  let title = "unknown key in the front matter"
  let what = "The front matter contains a key that Quire does not know."
  let why = "The key is ignored."
  let remedy = "Correct the key or remove it. docs/notebooks.md lists the keys."
  let example = """
    ---
    titel: My network
    ---
    Text
    """
  let instead = """
    ---
    title: My network
    ---
    Text
    """
}
