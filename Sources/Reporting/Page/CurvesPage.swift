/// What the page of `copra evaluate --curves` shows; its markup names these properties.
struct CurvesPage {
  struct Tile {
    var name: String
    var value: String
  }

  struct Chart {
    var name: String
    var svg: String
  }

  let title: String
  let tiles: [Tile]
  let overview: String
  let charts: [Chart]
  let table: PageTable
}

extension PageTemplate {
  /// The page of `copra evaluate --curves`.
  static let curves = PageTemplate(
    curvesMarkup, parts: ["start": start, "style": PageStyle.sheet, "table": ChartMarkup.table])

  private static let curvesMarkup = #"""
    {{>start}}
    .curves { display: grid; grid-template-columns: repeat(auto-fill, minmax(300px, 1fr)); gap: 16px; }
    .curves h3 { font-size: 14px; margin: 0 0 6px; overflow-wrap: anywhere; }
    .overview { max-width: 720px; }
    </style>
    </head>
    <body>
    <main>
    <h1>{{title}}</h1>
    <div class="tiles">
    {{#tiles}}
    <div class="tile"><b>{{value}}</b>{{name}}</div>
    {{/tiles}}
    </div>
    <div class="cards">
    <section class="wide">
    <h2>Precision over recall</h2>
    <p class="note">The mean of all categories at each IoU threshold</p>
    <div class="overview">
    {{{overview}}}
    </div>
    </section>
    {{#table}}
    <section class="wide long">
    <h2>Categories in numbers</h2>
    {{>table}}
    </section>
    {{/table}}
    <section class="wide long">
    <h2>Categories</h2>
    <div class="curves">
    {{#charts}}
    <div><h3>{{name}}</h3>
    {{{svg}}}
    </div>
    {{/charts}}
    </div>
    </section>
    </div>
    </main>
    </body>
    </html>

    """#
}
