/// The commands that stand for one symbol. Source: LaTeX, amssymb; the characters are Unicode's.
enum Symbols {
  /// The symbol of a command: its characters and its role.
  static func symbol(_ name: String) -> (text: String, kind: AtomClass)? { all[name] }

  static let all: [String: (text: String, kind: AtomClass)] = {
    var all: [String: (text: String, kind: AtomClass)] = [:]
    for (kind, list) in [
      (AtomClass.largeOperator, large), (.binary, binary), (.relation, relations), (.relation, arrows),
      (.open, opening), (.close, closing), (.punctuation, punctuation),
    ] {
      for (name, text) in pairs(list) { all[name] = (text, kind) }
    }
    return all
  }()

  /// Letters and signs that are spaced as letters.
  static let letters: [String: String] = Dictionary(pairs(greek + " " + signs)) { first, _ in first }

  /// Function names, and those that take limits below.
  static let functions: Set<String> = words(
    """
    arccos arcsin arctan arctg arg ch cos cosec cosh cot cotg coth csc ctg cth deg dim exp hom ker lg ln log sec sh \
    sin sinh tan tanh tg th
    """)
  static let limitFunctions: [String: String] = {
    var all = Dictionary(words("det gcd inf lim max min sup Pr").map { ($0, $0) }) { first, _ in first }
    all["limsup"] = "lim sup"
    all["liminf"] = "lim inf"
    all["injlim"] = "inj lim"
    all["projlim"] = "proj lim"
    all["plim"] = "plim"
    all["argmax"] = "arg\u{2009}max"
    all["argmin"] = "arg\u{2009}min"
    return all
  }()

  /// Integrals keep their scripts beside them.
  static let integrals: Set<String> = ["∫", "∬", "∭", "⨌", "∮", "∯", "∰"]

  private static func pairs(_ list: String) -> [(String, String)] {
    let words = list.split(separator: " ").map(String.init)
    return stride(from: 0, to: words.count - 1, by: 2).map { (words[$0], words[$0 + 1]) }
  }

  private static func words(_ list: String) -> Set<String> {
    Set(list.split(separator: " ").map(String.init))
  }

  private static let greek = """
    alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ \
    varkappa ϰ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ \
    phi ϕ varphi φ chi χ psi ψ omega ω digamma ϝ Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ \
    Phi Φ Psi Ψ Omega Ω Alpha Α Beta Β Epsilon Ε Zeta Ζ Eta Η Iota Ι Kappa Κ Mu Μ Nu Ν Omicron Ο Rho Ρ Tau Τ Chi Χ
    """

  private static let signs = """
    infty ∞ partial ∂ nabla ∇ forall ∀ exists ∃ nexists ∄ emptyset ∅ varnothing ∅ ell ℓ hbar ℏ hslash ℏ Re ℜ Im ℑ \
    wp ℘ aleph ℵ beth ℶ imath ı jmath ȷ angle ∠ measuredangle ∡ top ⊤ bot ⊥ neg ¬ lnot ¬ flat ♭ natural ♮ sharp ♯ \
    ldots … dots … dotsc … dotso … cdots ⋯ dotsb ⋯ dotsm ⋯ dotsi ⋯ vdots ⋮ ddots ⋱ iddots ⋰ prime ′ backprime ‵ \
    triangle △ square □ Box □ blacksquare ■ Diamond ◊ lozenge ◊ blacklozenge ⧫ bigstar ★ checkmark ✓ dag † ddag ‡ \
    S § P ¶ copyright © pounds £ degree ° eth ð mho ℧ complement ∁ surd √ clubsuit ♣ diamondsuit ♢ heartsuit ♡ \
    spadesuit ♠ R ℝ N ℕ Z ℤ Reals ℝ reals ℝ natnums ℕ cnums ℂ Complex ℂ Q ℚ euro € EUR € yen ¥ maltese ✠ \
    blacktriangle ▲ triangledown ▽ circledR ® \
    # # % % & & $ $ _ _ backslash \\ | ‖ Vert ‖ vert | lbrace { rbrace }
    """

  private static let large = """
    sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ iiiint ⨌ oint ∮ oiint ∯ oiiint ∰ bigcup ⋃ bigcap ⋂ bigsqcup ⨆ \
    bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ biguplus ⨄ intop ∫ smallint ∫
    """

  private static let binary = """
    pm ± mp ∓ times × div ÷ cdot ⋅ ast ∗ star ⋆ circ ∘ bullet ∙ cap ∩ cup ∪ uplus ⊎ sqcap ⊓ sqcup ⊔ vee ∨ lor ∨ \
    wedge ∧ land ∧ setminus ∖ smallsetminus ∖ wr ≀ diamond ⋄ bigtriangleup △ bigtriangledown ▽ triangleleft ◁ \
    triangleright ▷ oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙ bigcirc ◯ amalg ⨿ dotplus ∔ ltimes ⋉ rtimes ⋊ \
    boxplus ⊞ boxminus ⊟ boxtimes ⊠ boxdot ⊡ circledast ⊛ circledcirc ⊚ circleddash ⊝ barwedge ⊼ veebar ⊻ \
    curlywedge ⋏ curlyvee ⋎ intercal ⊺ centerdot ⋅ Cap ⋒ Cup ⋓ lhd ⊲ rhd ⊳ bmod mod divideontimes ⋇
    """

  private static let relations = """
    le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ ll ≪ gg ≫ lll ⋘ ggg ⋙ equiv ≡ sim ∼ simeq ≃ approx ≈ approxeq ≊ cong ≅ \
    propto ∝ varpropto ∝ prec ≺ succ ≻ preceq ⪯ succeq ⪰ precsim ≾ succsim ≿ subset ⊂ supset ⊃ subseteq ⊆ \
    supseteq ⊇ subsetneq ⊊ supsetneq ⊋ nsubseteq ⊈ nsupseteq ⊉ sqsubset ⊏ sqsupset ⊐ sqsubseteq ⊑ sqsupseteq ⊒ \
    in ∈ notin ∉ ni ∋ owns ∋ mid ∣ nmid ∤ parallel ∥ nparallel ∦ perp ⊥ asymp ≍ doteq ≐ doteqdot ≑ models ⊨ \
    vdash ⊢ dashv ⊣ vDash ⊨ Vdash ⊩ nvdash ⊬ nvDash ⊭ bowtie ⋈ Join ⋈ smile ⌣ frown ⌢ lesssim ≲ gtrsim ≳ lessgtr ≶ \
    gtrless ≷ leqslant ⩽ geqslant ⩾ leqq ≦ geqq ≧ lneq ⪇ gneq ⪈ nless ≮ ngtr ≯ nleq ≰ ngeq ≱ nsim ≁ ncong ≇ \
    triangleq ≜ coloneqq ≔ eqqcolon ≕ coloneq ≔ eqcolon ≕ vcentcolon : dblcolon ∷ therefore ∴ because ∵ \
    trianglelefteq ⊴ trianglerighteq ⊵ ntriangleleft ⋪ ntriangleright ⋫ vartriangle △ backsim ∽ eqsim ≂ bumpeq ≏ \
    Bumpeq ≎ circeq ≗ between ≬ pitchfork ⋔ lt < gt > subseteqq ⫅ supseteqq ⫆ Subset ⋐ Supset ⋑ \
    lessapprox ⪅ gtrapprox ⪆ prec ≺ multimap ⊸
    """

  private static let arrows = """
    to → rightarrow → gets ← leftarrow ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ iff ⟺ \
    implies ⟹ impliedby ⟸ mapsto ↦ longmapsto ⟼ longrightarrow ⟶ longleftarrow ⟵ longleftrightarrow ⟷ \
    Longrightarrow ⟹ Longleftarrow ⟸ Longleftrightarrow ⟺ uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ \
    Downarrow ⇓ Updownarrow ⇕ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ hookrightarrow ↪ hookleftarrow ↩ \
    rightharpoonup ⇀ rightharpoondown ⇁ leftharpoonup ↼ leftharpoondown ↽ rightleftharpoons ⇌ leftrightharpoons ⇋ \
    rightsquigarrow ⇝ leadsto ⇝ leftrightsquigarrow ↭ dashrightarrow ⇢ dashleftarrow ⇠ twoheadrightarrow ↠ \
    twoheadleftarrow ↞ rightarrowtail ↣ leftarrowtail ↢ circlearrowleft ↺ circlearrowright ↻ curvearrowright ↷ \
    curvearrowleft ↶ rightrightarrows ⇉ leftleftarrows ⇇ leftrightarrows ⇆ rightleftarrows ⇄ upuparrows ⇈ \
    downdownarrows ⇊ nrightarrow ↛ nleftarrow ↚ nRightarrow ⇏ nLeftarrow ⇍ nleftrightarrow ↮ nLeftrightarrow ⇎ \
    Lleftarrow ⇚ Rrightarrow ⇛ upharpoonright ↾ upharpoonleft ↿ restriction ↾ rarr → larr ← Rarr ⇒ Larr ⇐
    """

  private static let opening = """
    lbrack [ langle ⟨ lceil ⌈ lfloor ⌊ lvert | lVert ‖ lgroup ⟮ lmoustache ⎰ llbracket ⟦ lang ⟨ { { ulcorner ⌜ \
    llcorner ⌞
    """
  private static let closing = """
    rbrack ] rangle ⟩ rceil ⌉ rfloor ⌋ rvert | rVert ‖ rgroup ⟯ rmoustache ⎱ rrbracket ⟧ rang ⟩ } } urcorner ⌝ \
    lrcorner ⌟
    """
  private static let punctuation = "colon : ldotp . cdotp ⋅"
}
