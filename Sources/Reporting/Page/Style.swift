import Support

/// The page's style sheet: the palette for light, dark and print, then the rules.
enum Style {
  static let text: String = {
    let light = Palette.all.map { "--\($0.name):#\($0.light)" }.joined(separator: ";")
    let dark = Palette.all.map { "--\($0.name):#\($0.dark)" }.joined(separator: ";")
    let tokens = zip(Palette.code, CodeToken.Kind.allCases.dropFirst())
      .map { ".\($1.className){color:var(--\($0.name))}" }.joined()
    // Translucent vermilion, so that light text on it keeps its contrast.
    let shades = (1...ConfusionMatrixWriter.shadeCount)
      .map { ".confusion .e\($0){background:rgb(213 94 0/\(Number.fixed(Double($0) * 0.05, 2)))}" }
      .joined()
    return """
      :root{color-scheme:light;\(light)}
      @media (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;\(dark)}}
      :root[data-theme=dark]{color-scheme:dark;\(dark)}
      @media print{:root,:root:not([data-theme=light]),:root[data-theme=dark]{color-scheme:light;\(light)}}
      \(rules)
      \(tokens)
      .chart{\(svgText)}\(SVGWriter.stylesheet)
      \(shades)
      \(printing)
      """
  }()

  private static let svgText = "font:13px \(SVGWriter.fontFamily)"

  private static let rules = """
    *,::before,::after{box-sizing:border-box}
    html{font-size:17px;line-height:1.6;-webkit-text-size-adjust:100%;text-size-adjust:100%;\
    scroll-padding-top:1rem}
    body{margin:0;background:var(--background);color:var(--text);overflow-wrap:break-word;\
    font-family:system-ui,"Segoe UI",Roboto,"Liberation Sans","DejaVu Sans",sans-serif}
    code,pre,.console{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",\
    "DejaVu Sans Mono",monospace;font-size:14px;line-height:1.5;tab-size:4}
    a{color:var(--accent);text-underline-offset:.15em;text-decoration-thickness:1px}
    a:hover{text-decoration-thickness:2px}
    :focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:2px}
    main:focus{outline:none}
    small{font-size:14px}
    .skip{position:absolute;left:-999px;top:0;padding:.5rem 1rem;background:var(--background);z-index:9}
    .skip:focus{left:.5rem;top:.5rem}
    .page{max-width:1040px;margin:0 auto;padding:2.5rem 24px 4rem}
    .column{min-width:0}
    .prose,.masthead,.cell,footer,.listing{max-width:700px}

    .masthead{position:relative;margin-bottom:2.5rem;max-width:none}
    h1{font-size:2.1rem;line-height:1.15;letter-spacing:-.015em;margin:0 0 .5rem;max-width:800px;\
    text-wrap:balance}
    h2,.prose h1{font-size:1.5rem;line-height:1.25;letter-spacing:-.01em;margin:3rem 0 .8rem}
    h3{font-size:1.18rem;line-height:1.3;margin:2.2rem 0 .6rem}
    h4,h5,h6{font-size:1rem;margin:1.8rem 0 .5rem}
    h2.small{font-size:1.05rem;margin:2rem 0 .5rem;letter-spacing:0}
    .byline{color:var(--muted);margin:0 0 .8rem;font-size:15px}
    .lede{font-size:1.12rem;line-height:1.5;color:var(--muted);margin:0 0 1.4rem;max-width:700px}
    .subtitle{font-size:1.25rem;line-height:1.35;color:var(--muted);margin:0 0 .6rem;max-width:800px}
    .abstract{border-left:3px solid var(--line);padding-left:1rem;margin:0 0 1.4rem;font-size:16px}
    .abstract>:last-child{margin-bottom:0}
    #theme{position:absolute;right:0;top:.3rem}
    button{font:500 13px/1.4 inherit;font-family:inherit;color:var(--text);background:var(--background);\
    border:1px solid var(--line);border-radius:6px;padding:4px 10px;min-height:28px;cursor:pointer}
    button:hover{border-color:var(--muted)}
    .verdict{--tone:var(--muted);margin:1.4rem 0 1.6rem;padding:.15rem 0 .15rem 1rem;font-size:1.2rem;\
    line-height:1.45;border-left:4px solid var(--tone);max-width:700px}
    .verdict strong{color:var(--tone)}
    .verdict.passed{--tone:var(--success)}
    .verdict.failed,.verdict.interrupted{--tone:var(--warning)}
    .verdict.error{--tone:var(--error)}
    .verdict.finished,.verdict.running{--tone:var(--accent)}
    .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(130px,1fr));gap:12px;margin:0}
    .tiles div{background:var(--surface);border-radius:8px;padding:12px 14px}
    .tiles dt{color:var(--muted);font-size:14px;line-height:1.35}
    .tiles dd{margin:4px 0 0;font-size:1.3rem;line-height:1.2;font-weight:600;overflow-wrap:normal;\
    letter-spacing:-.01em;font-variant-numeric:tabular-nums}
    .tiles small{display:block;margin-top:4px;color:var(--muted);font-weight:400;font-size:14px;\
    letter-spacing:0;line-height:1.35}

    .toc{display:none}
    .foldout{margin:0 0 2rem;max-width:700px}
    nav ul{list-style:none;margin:0;padding:0}
    nav li{margin:0}
    nav a{display:block;padding:4px 0;color:var(--muted);text-decoration:none;font-size:15px;line-height:1.35}
    nav a:hover{color:var(--text);text-decoration:underline}
    nav .deep a{padding-left:1rem;font-size:14px}
    .toc a{padding:4px 10px;border-left:2px solid var(--line)}
    .toc .deep a{padding-left:22px}
    .toc a[aria-current]{color:var(--text);border-color:var(--accent)}
    .toc p{font-weight:600;font-size:14px;margin:0 0 8px}

    .prose p,.prose ul,.prose ol,.prose blockquote,.prose dl{margin:0 0 1rem}
    .prose ul,.prose ol{padding-left:1.5rem}
    .prose li{margin:.2rem 0}
    .prose img{max-width:100%;height:auto}
    .prose blockquote{border-left:3px solid var(--line);padding-left:1rem;color:var(--muted)}
    .prose :not(pre)>code{background:var(--surface);border-radius:4px;padding:.12em .35em;font-size:.84em}
    .prose pre{background:var(--surface);border-radius:8px;padding:12px 16px;overflow-x:auto}
    .missing-image{display:inline-block;border:1px dashed var(--warning);border-radius:4px;padding:.3em .6em;\
    font-size:.9em}
    .prose table{margin:0 0 1rem}
    math{font-family:"Cambria Math","STIX Two Math","Latin Modern Math","DejaVu Math TeX Gyre",math;\
    font-size:1.06em}
    .formula{overflow-x:auto;overflow-y:hidden;margin:1rem 0;padding:.2rem 0}
    code.formula{white-space:pre-wrap;margin:0}
    .alert{--tone:var(--accent);border-left:4px solid var(--tone);padding:.1rem 0 .1rem 1rem;margin:0 0 1rem}
    .alert>:last-child{margin-bottom:0}
    .prose .alert-title{color:var(--tone);font-weight:600;margin:0 0 .2rem}
    .alert.tip{--tone:var(--success)}
    .alert.warning{--tone:var(--warning)}
    .alert.caution{--tone:var(--error)}
    .footnotes{border-top:1px solid var(--line);margin-top:3rem;padding-top:1rem;font-size:.9em}
    sup,sub{line-height:0}
    .prose hr{border:0;border-top:1px solid var(--line);margin:2rem 0}
    .prose .table-scroll{overflow-x:auto;margin:1rem 0 1.5rem}
    @media (min-width:761px){.prose .short{white-space:nowrap}}

    .cell{margin:1.4rem 0 2.2rem;max-width:none}
    .bar{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 10px;margin:0;padding:3px 0;max-width:700px;\
    font-size:13px;line-height:1.6;color:var(--muted)}
    .bar .label{font-weight:500}
    .bar .state{margin-left:auto}
    .bar .state.failed{color:var(--error);font-weight:600}
    .bar .state.interrupted{color:var(--warning);font-weight:600}
    .bar .what{color:var(--text);font-weight:500}
    summary{cursor:pointer}
    summary.bar{list-style:none}
    summary.bar::-webkit-details-marker{display:none}
    summary.bar::before{content:"";width:0;height:0;align-self:center;border:4px solid transparent;\
    border-left:6px solid var(--muted);border-right:0;transition:transform .12s}
    details[open]>summary.bar::before{transform:rotate(90deg)}
    .code{position:relative;max-width:700px;background:var(--surface);border-radius:8px;margin:2px 0 0}
    .code pre{margin:0;padding:12px 16px;overflow-x:auto;border-radius:8px;font-size:13.5px}
    .code code{font-size:inherit}
    .listing{margin:1rem 0}
    .listing .language{margin:0;padding:8px 16px 0;font-size:13px;line-height:1.4;color:var(--muted)}
    .copy{position:absolute;right:8px;top:7px;opacity:0;transition:opacity .12s}
    .code:hover .copy,.copy:focus-visible{opacity:1}
    @media (hover:none){
    .code{display:flex;align-items:flex-start}
    .code pre{flex:1;min-width:0}
    .copy{position:static;opacity:1;margin:7px 8px 7px 0}
    .listing{flex-wrap:wrap}
    .listing .language{width:100%}
    }
    .numbered{counter-reset:line}
    .numbered .n::before{counter-increment:line;content:counter(line);display:inline-block;width:2.2em;\
    padding-right:1.1em;margin-left:-.4em;text-align:right;color:var(--muted);box-sizing:content-box;\
    user-select:none;-webkit-user-select:none}
    .output{margin-top:1rem;display:flow-root}
    .output>:first-child{margin-top:0}
    .output>:last-child{margin-bottom:0}
    .console{margin:.8rem 0;padding:2px 0 2px 16px;border-left:2px solid var(--line);overflow-x:auto;\
    max-width:1040px;font-size:13.5px}
    .console.long{width:fit-content;max-width:100%;padding-right:24px}
    .console.long,.more .scroll{max-height:30rem;overflow:auto;background:\
    linear-gradient(var(--background) 40%,transparent) center top/100% 48px local,\
    linear-gradient(transparent,var(--background) 60%) center bottom/100% 48px local,\
    radial-gradient(farthest-side at 50% 0,var(--shade),transparent) center top/100% 16px,\
    radial-gradient(farthest-side at 50% 100%,var(--shade),transparent) center bottom/100% 16px;\
    background-repeat:no-repeat}
    .title{font-weight:600;font-size:15px;margin:1.4rem 0 .4rem}
    .titled .title,.gallery>:first-child{margin-top:0}
    .message{--tone:var(--accent);margin:1rem 0;padding:10px 16px;max-width:700px;background:var(--surface);\
    border-left:4px solid var(--tone);border-radius:4px 8px 8px 4px;font-size:16px}
    .message strong{color:var(--tone);margin-right:.3em}
    .message.warning{--tone:var(--warning)}
    .message.success{--tone:var(--success)}
    .message.error{--tone:var(--error)}
    .problem{max-width:1040px}
    .problem pre{margin:.4rem 0 0;overflow-x:auto;font-size:13.5px}

    .scroll{overflow-x:auto;margin:1rem 0;max-width:max-content}
    table{border-collapse:collapse;font-size:15px;line-height:1.4;font-variant-numeric:tabular-nums}
    caption{text-align:left;color:var(--muted);font-size:15px;padding:0 0 8px;max-width:calc(100vw - 32px)}
    th,td{padding:5px 12px 5px 0;text-align:left;vertical-align:baseline;border-bottom:1px solid var(--line)}
    th{font-weight:600}
    thead th{font-size:14px;color:var(--muted);font-weight:500}
    .r,.right th,.right td{text-align:right}
    .c,.right .c{text-align:center}
    .omitted{margin:.4rem 0;color:var(--muted);font-size:14px}
    .gap td{color:var(--muted);font-size:14px;text-align:left!important}
    .best .test,.best .note,.marked td{font-weight:600}
    .runs td{white-space:nowrap}
    .right .note{text-align:left;padding-left:8px}
    .epochs td,.epochs th{white-space:nowrap;padding:4px 14px 4px 0}
    .epochs thead tr:first-child th[colspan]{border-bottom:0;padding-bottom:0}
    .checklist td,.checklist th{vertical-align:top}
    .checklist tbody th{font-weight:500}
    .checklist .mark{font-weight:600;white-space:nowrap}
    .checklist .mark::before{display:inline-block;width:1.3em}
    .pass .mark{color:var(--success)}
    .pass .mark::before{content:"✓";content:"✓"/""}
    .fail .mark{color:var(--error)}
    .fail .mark::before{content:"✗";content:"✗"/""}
    .open .mark{color:var(--muted)}
    .open .mark::before{content:"–";content:"–"/""}
    .data{font-size:14px}
    .data td,.data th{padding:2px 16px 2px 0}
    .facts{display:grid;gap:0;margin:1rem 0;max-width:700px;font-size:15px;line-height:1.45}
    .facts div{display:grid;grid-template-columns:11rem 1fr;gap:0 16px;padding:5px 0;\
    border-bottom:1px solid var(--line)}
    .facts dt{color:var(--muted)}
    .facts dd{margin:0;font-variant-numeric:tabular-nums;min-width:0;overflow-wrap:anywhere}
    .facts small{color:var(--muted)}

    figure{margin:1.4rem 0}
    figcaption{font-size:15px;line-height:1.5;color:var(--muted);margin-top:.5rem;max-width:700px}
    figcaption b,caption b{color:var(--text);font-weight:600}
    .chart{display:block;width:100%;height:auto;overflow:visible}
    .chart.compact{display:none}
    .chart:focus-visible{outline-offset:6px}
    .cross{stroke:var(--text);stroke-width:1;pointer-events:none}
    .panel circle{stroke:var(--background);stroke-width:1.5;pointer-events:none}
    .readout{margin:6px 0 0;min-height:1.5em;font-size:14px;line-height:1.5;color:var(--muted);\
    font-variant-numeric:tabular-nums}
    .more{margin:.6rem 0;font-size:15px;color:var(--text)}
    .more>summary{color:var(--muted);font-size:14px;width:fit-content;padding:2px 0}
    .more>summary:hover{color:var(--text)}
    .gallery ul{list-style:none;display:flex;flex-wrap:wrap;gap:12px;margin:0;padding:0}
    .gallery li{width:96px;font-size:13px;line-height:1.3;color:var(--muted)}
    .gallery li>span:last-child:not(.px){display:block;margin-top:4px;overflow-wrap:anywhere}
    .px{display:block;width:96px;height:auto;border-radius:4px;image-rendering:pixelated;\
    background-size:100% 100%;print-color-adjust:exact;-webkit-print-color-adjust:exact}
    .px.smooth{image-rendering:auto}
    .confusion{font-size:14px}
    .confusion th,.confusion td{border:1px solid var(--background);text-align:right;padding:5px 7px;\
    min-width:44px;white-space:nowrap}
    .confusion thead th{vertical-align:bottom;text-align:center}
    .confusion thead span{writing-mode:vertical-rl;transform:rotate(180deg);white-space:nowrap}
    .confusion tbody th,.confusion tfoot th{font-weight:500;text-align:left;padding-left:0}
    .confusion .corner{text-align:left;vertical-align:bottom;color:var(--muted);padding-left:0;\
    white-space:nowrap}
    .confusion .hit{background:var(--grid);font-weight:600}
    .confusion .margin{color:var(--muted)}

    footer{margin-top:4rem;padding-top:.2rem;border-top:1px solid var(--line);max-width:700px}
    footer h2{margin-top:1.8rem}
    .colophon{color:var(--muted);font-size:14px;margin:1.6rem 0 0}

    @media (min-width:1100px){
    .page{display:grid;grid-template-columns:220px minmax(0,1040px);gap:48px;max-width:1356px}
    .column:first-child{grid-column:1/-1}
    .toc{display:block;position:sticky;top:2.5rem;align-self:start;max-height:calc(100vh - 4rem);\
    overflow-y:auto}
    .foldout{display:none}
    }
    @media (max-width:960px){h1{padding-right:7rem}}
    @media (max-width:760px){
    .chart.wide{display:none}
    .chart.compact{display:block}
    }
    @media (max-width:560px){
    html{font-size:16px}
    .page{padding:1.2rem 16px 3rem}
    h1{font-size:1.7rem;padding-right:0}
    h2{font-size:1.35rem}
    #theme{position:static;display:block;margin:0 0 .6rem auto}
    #theme[hidden]{display:none}
    .verdict{font-size:1.1rem}
    .tiles{grid-template-columns:repeat(auto-fit,minmax(128px,1fr));gap:8px}
    .tiles dd{font-size:1.25rem}
    .facts div{grid-template-columns:1fr}
    .readout{min-height:3em}
    .console,.code pre,.problem pre{font-size:13px}
    .checklist{display:block}
    .checklist thead{display:none}
    .checklist tbody{display:block}
    .checklist tr{display:grid;grid-template-columns:8.4rem 1fr;padding:6px 0;\
    border-bottom:1px solid var(--line)}
    .checklist td,.checklist th{display:block;border:0;padding:0}
    .checklist td:nth-child(n+3){grid-column:2;color:var(--muted);font-size:14px}
    .checklist td:nth-child(3)::before{content:"required "}
    .checklist td:nth-child(4)::before{content:"found "}
    }
    @media (prefers-reduced-motion:reduce){*,::before,::after{transition:none!important}}
    @media (forced-colors:active){
    .chart text{fill:CanvasText}
    .chart .fb{fill:Canvas}
    summary.bar::before{forced-color-adjust:none}
    .cross,.sm,.st{stroke:CanvasText}
    .confusion .hit,.confusion [class^=e]{forced-color-adjust:none}
    .confusion td{color:CanvasText}
    }
    """

  private static let printing = """
    @page{margin:16mm}
    @media print{
    html{font-size:11pt}
    .page{display:block;padding:0;max-width:none}
    .toc,.foldout,.skip,button,.readout{display:none!important}
    .chart.compact{display:none}
    .chart.wide{display:block}
    .console.long{width:fit-content;max-width:100%;padding-right:24px}
    .console.long,.more .scroll{max-height:none;overflow:visible}
    .code,.code pre,.console,.scroll,.prose pre{overflow:visible;white-space:pre-wrap}
    .scroll{white-space:normal}
    .chart,.gallery ul,.tiles div,.message,.confusion,tr{break-inside:avoid}
    h2,h3,.bar,.title,caption{break-after:avoid}
    figcaption{break-before:avoid}
    .gallery ul{gap:8px}
    .gallery li,.px{width:76px}
    .gallery li{font-size:11px}
    thead{display:table-header-group}
    tfoot{display:table-row-group}
    details::details-content{content-visibility:visible;display:block}
    .log:has(>.all)>.scroll,.verbatim{display:none}
    a{color:inherit}
    .code,.tiles div,.message{border:1px solid var(--line)}
    }
    """
}
