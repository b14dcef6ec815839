/// QR027: a footnote's reference without its text, or its text without a reference.
struct UnmatchedFootnote: ReportedWarning {
  let code = "QR027"
  let reportedAs = "footnote"
  let title = "footnote without its counterpart"
  let what = "A reference '[^label]' has no footnote, or no reference leads to a footnote."
  let why = "The report shows the reference as text, or leaves the footnote out."
  let remedy =
    "Correct the label, or add the missing part: '[^label]: text' on a line of its own, or '[^label]' in a sentence."
  let example = """
    The rate is fixed.[^rates]

    [^rate]: It was found by a sweep.
    """
  let instead = """
    The rate is fixed.[^rate]

    [^rate]: It was found by a sweep.
    """
}
