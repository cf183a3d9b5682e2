extension PageTemplate {
  /// The page of `copra stats`.
  static let statistics = PageTemplate(
    statisticsMarkup,
    parts: [
      "start": start, "style": PageStyle.sheet, "columns": ChartMarkup.columns,
      "ranked": ChartMarkup.ranked,
      "strip": ChartMarkup.strip, "heat": ChartMarkup.heat, "table": ChartMarkup.table,
    ])

  private static let statisticsMarkup = #"""
    {{>start}}
    </style>
    </head>
    <body>
    <main>
    <h1>{{title}}</h1>
    <div class="tiles">
    {{#tiles}}
    <div class="tile"><b>{{value}}</b>{{name}}<span>{{note}}</span></div>
    {{/tiles}}
    </div>
    <div class="cards">
    {{#categories}}
    <section class="wide">
    <h2>Categories</h2>
    <p class="note">{{note}}</p>
    {{>ranked}}
    </section>
    {{/categories}}
    {{#objects}}
    <section>
    <h2>Objects an image</h2>
    <p class="note">{{note}}</p>
    {{>columns}}
    </section>
    {{/objects}}
    {{#ratios}}
    <section>
    <h2>Width to height</h2>
    <p class="note">{{note}}</p>
    {{>columns}}
    </section>
    {{/ratios}}
    {{#heat}}
    <section>
    <h2>Box width and height</h2>
    <p class="note">{{note}}</p>
    {{>heat}}
    </section>
    {{/heat}}
    <div class="stack">
    {{#sizes}}
    <section>
    <h2>Objects by area</h2>
    <p class="note">{{note}}</p>
    {{>strip}}
    </section>
    {{/sizes}}
    {{#forms}}
    <section>
    <h2>Annotations</h2>
    {{>table}}
    </section>
    {{/forms}}
    </div>
    {{#extents}}
    <section class="wide">
    <h2>Extents of boxes</h2>
    {{>table}}
    </section>
    {{/extents}}
    {{#splits}}
    <section class="wide">
    <h2>Splits</h2>
    {{>table}}
    </section>
    {{/splits}}
    {{#pictures}}
    <section class="wide">
    <h2>Image sizes</h2>
    {{#notes}}
    <p class="note">{{.}}</p>
    {{/notes}}
    {{>table}}
    </section>
    {{/pictures}}
    {{#counts}}
    <section class="wide long">
    <h2>Categories in numbers</h2>
    {{>table}}
    {{#notes}}
    <p class="rest">{{.}}</p>
    {{/notes}}
    </section>
    {{/counts}}
    </div>
    </main>
    </body>
    </html>

    """#
}
