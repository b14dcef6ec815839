/// Raw HTML and Markdown that try to run a script in a reader's browser. Each would set `data-hit` on the page.
///
/// Sources: OWASP's XSS filter evasion cheat sheet, the HTML5 security cheat sheet, and past faults of sanitizers.
enum ScriptVectors {
  private static let run = "document.documentElement.setAttribute('data-hit','1')"

  static let all: [String] =
    elements + attributes + addresses + mutations + formulas

  private static let elements = [
    "<script>\(run)</script>", "<SCRIPT>\(run)</SCRIPT>", "<script\n>\(run)</script >",
    "<script/x>\(run)</script>",
    "a <script>\(run)</script> b", "<svg><script>\(run)</script></svg>", "<svg onload=\"\(run)\">",
    "<svg/onload=\"\(run)\">", "<math><mtext><script>\(run)</script></mtext></math>",
    "<iframe srcdoc=\"<script>parent.\(run)</script>\">",
    "<iframe src=\"javascript:parent.\(run)\"></iframe>", "<object data=\"javascript:\(run)\"></object>",
    "<embed src=\"javascript:\(run)\">",
    "<form action=\"javascript:\(run)\"><input type=submit autofocus onfocus=\"\(run)\"></form>",
    "<isindex action=\"javascript:\(run)\" type=image>",
    "<meta http-equiv=refresh content=\"0;url=javascript:\(run)\">",
    "<link rel=stylesheet href=\"javascript:\(run)\">", "<base href=\"javascript:\(run)//\">",
    "<style>@import 'javascript:\(run)';</style>",
    "<video src=x onerror=\"\(run)\"></video>", "<audio src=x onerror=\"\(run)\"></audio>",
    "<body onload=\"\(run)\">",
    "<marquee onstart=\"\(run)\">x</marquee>", "<keygen autofocus onfocus=\"\(run)\">",
    "<textarea autofocus onfocus=\"\(run)\">",
    "<select autofocus onfocus=\"\(run)\">", "<template><script>\(run)</script></template>",
    "<noscript><img src=x onerror=\"\(run)\"></noscript>",
    "<dialog open onclose=\"\(run)\">",
    "<custom-tag onmouseover=\"\(run)\" autofocus tabindex=1 onfocus=\"\(run)\">",
    "<xml:script>\(run)</xml:script>", "<?xml-stylesheet href=\"javascript:\(run)\"?>",
    "<!DOCTYPE x [<!ENTITY y \"\(run)\">]>",
    "<![CDATA[<script>\(run)</script>]]>", "<frameset onload=\"\(run)\">",
    "<plaintext><script>\(run)</script>",
  ]

  private static let attributes = [
    "<img src=x onerror=\"\(run)\">", "<img src=x onerror='\(run)'>", "<IMG SRC=x ONERROR=\(run)>",
    "<img/src=x/onerror=\"\(run)\">",
    "<img src=\"x\"onerror=\"\(run)\">", "<img src=x alt=\"`><script>\(run)</script>\">",
    "<img src=`x`onerror=\(run)>",
    "<img \"\"\"><script>\(run)</script>\">", "<img src=x\nonerror\n=\n\"\(run)\">",
    "<img src=x title=\"\\\" onerror=\(run) \">",
    "<b onmouseover=\"\(run)\" style=\"animation:x\" onanimationstart=\"\(run)\">x</b>",
    "<details open ontoggle=\"\(run)\">x</details>",
    "<details open ontoggle=\"\(run)\">\n\nx\n\n</details>",
    "<div style=\"background:url(javascript:\(run))\">x</div>",
    "<div style=\"width:expression(\(run))\">x</div>", "<p onfocus=\"\(run)\" tabindex=1 autofocus>x</p>",
    "<a name=\"x\" onfocus=\"\(run)\" autofocus href=#>x</a>", "<td background=\"javascript:\(run)\">x</td>",
    "<table background=\"javascript:\(run)\"><tr><td>x</table>", "<br onload=\"\(run)\">",
    "<summary onclick=\"\(run)\">x</summary>",
    "<img src=\"data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9InRvcC5kb2N1bWVudC5kb2N1bWVudEVsZW1lbnQuc2V0QXR0cmlidXRlKCdkYXRhLWhpdCcsJzEnKSIgeG1sbnM9Imh0dHA6Ly93d3cudzMub3JnLzIwMDAvc3ZnIi8+\">",
    "<img srcset=\"x\" onerror=\"\(run)\">", "<img width=\"1\" height='1\" onerror=\"\(run)'>",
    "<h1 id=\"x\" onclick=\"\(run)\">x</h1>",
    "<ol start=\"1\" onclick=\"\(run)\"><li value=\"1\"></ol>", "<a title='\"><script>\(run)</script>'>x</a>",
    "<div align='center\" onclick=\"\(run)'>x</div>", "<img alt=\"&quot; onerror=&quot;\(run)\" src=x>",
  ]

  private static let addresses = [
    "<a href=\"javascript:\(run)\">x</a>", "<a href=\"JaVaScRiPt:\(run)\">x</a>",
    "<a href=\" javascript:\(run)\">x</a>",
    "<a href=\"java&#x09;script:\(run)\">x</a>", "<a href=\"java\nscript:\(run)\">x</a>",
    "<a href=\"&#106;avascript:\(run)\">x</a>",
    "<a href=\"javascript&colon;\(run)\">x</a>", "<a href=\"java&Tab;script:\(run)\">x</a>",
    "<a href=\"&#1;javascript:\(run)\">x</a>",
    "<a href=\"vbscript:\(run)\">x</a>", "<a href=\"data:text/html,<script>\(run)</script>\">x</a>",
    "<a href=\"view-source:javascript:\(run)\">x</a>",
    "<a href='javascript:\(run)'>x</a>", "<a href=javascript:\(run)>x</a>",
    "<a href=\"\\x01javascript:\(run)\">x</a>",
    "[x](javascript:\(run))", "[x](<javascript:\(run)>)", "[x](JAVASCRIPT&colon;\(run))",
    "![x](javascript:\(run))",
    "<javascript:\(run)>", "[x][y]\n\n[y]: javascript:\(run)", "![x\" onerror=\"\(run)](y)",
    "[x](y \"z\\\" onclick=\\\"\(run)\")",
    "https://a.example/\"onmouseover=\"\(run)", "www.a.example/<script>\(run)</script>",
    "a@b.example\"onclick=\"\(run)",
  ]

  private static let mutations = [
    "<scr<script>ipt>\(run)</script>", "<<script>\(run)//<</script>",
    "<div><p><table><script>\(run)</script>", "</div></div></main></body><script>\(run)</script>",
    "<!--><script>\(run)</script>-->", "<!--->\n<script>\(run)</script>-->",
    "<!-- --!><script>\(run)</script>", "a <!--> <script>\(run)</script> -->",
    "<b <script>\(run)</script>", "<b\" onclick=\"\(run)\">x",
    "<table><td><tr><caption><script>\(run)</script></table>",
    "<p><svg><style><img src=x onerror=\"\(run)\"></style></svg>",
    "<math><annotation-xml encoding=\"text/html\"><img src=x onerror=\"\(run)\"></annotation-xml></math>",
    "<details><summary><img src=x onerror=\"\(run)\"></summary></details>",
    "<pre>\n<script>\(run)</script>\n</pre>",
    "`<script>\(run)</script>`", "> <script>\(run)</script>", "- <script>\(run)</script>",
    "| <script>\(run)</script> |\n|---|",
    "# <script>\(run)</script>", "x[^1]\n\n[^1]: <script>\(run)</script>",
    "> [!NOTE]\n> <script>\(run)</script>", "~~<script>\(run)</script>~~",
  ]

  private static let formulas = [
    "$<script>\(run)</script>$", "$\\text{<img src=x onerror=\"\(run)\">}$",
    "$\\foo<img src=x onerror=\"\(run)\">$", "$\\color{red\" onclick=\"\(run)}x$",
    "$\\href{javascript:\(run)}{x}$", "$$\n\\tag{<script>\(run)</script>} x\n$$",
    "```math\n</annotation></semantics></math><script>\(run)</script>\n```",
  ]
}
