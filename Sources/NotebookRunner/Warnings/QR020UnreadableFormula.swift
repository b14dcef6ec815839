/// QR020: a formula that Quire cannot read.
struct UnreadableFormula: ReportedWarning {
  let code = "QR020"
  let reportedAs = "formula"
  let title = "formula shown as written"
  let what = "A formula contains a command or a construction that Quire does not know."
  let why = "The report shows the TeX source instead of the formula."
  let remedy = "Correct the TeX, or use a command of LaTeX or amsmath. Write '\\$' for a plain dollar."
  let example = #"""
    The loss is $\losss(x) = x^2$.
    """#
  let instead = #"""
    The loss is $\ell(x) = x^2$.
    """#
}
