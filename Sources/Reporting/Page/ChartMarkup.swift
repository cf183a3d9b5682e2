/// The markup of charts and tables. Lengths along the page are percentages, so that bars shrink
/// with it and letters do not.
enum ChartMarkup {
  static let columns = #"""
    <svg class="columns" role="img" aria-label="{{description}}">
    {{#lines}}
    <line class="grid" x1="0" x2="100%" y1="{{y}}" y2="{{y}}"/><text class="end" x="0" dx="-8" y="{{y}}" dy="0.35em">{{label}}</text>
    {{/lines}}
    {{#bars}}
    <rect class="bar" x="{{x}}" y="{{y}}" width="{{width}}" height="{{height}}" rx="2"><title>{{hint}}</title></rect>
    <text class="middle{{#isMinor}} minor{{/isMinor}}" x="{{centre}}" y="100%" dy="1.5em">{{label}}</text>
    {{/bars}}
    <line class="axis" x1="0" x2="100%" y1="100%" y2="100%"/>
    </svg>

    """#

  static let ranked = #"""
    <svg class="ranked" height="{{height}}" role="img" aria-label="{{description}}">
    {{#bars}}
    <text class="name end" x="0" dx="-10" y="{{y}}" dy="13">{{label}}<title>{{name}}</title></text>
    <rect class="bar" x="0" y="{{y}}" width="{{width}}" height="17" rx="3"><title>{{hint}}</title></rect>
    <text x="{{width}}" dx="8" y="{{y}}" dy="13">{{value}}</text>
    {{/bars}}
    </svg>

    """#

  static let strip = #"""
    <svg class="strip" role="img" aria-label="{{description}}">
    {{#parts}}
    <rect class="{{kind}}" x="{{x}}" width="{{width}}" height="100%"><title>{{hint}}</title></rect>
    {{/parts}}
    </svg>
    <ul class="legend">
    {{#parts}}
    <li><i class="{{kind}}"></i>{{name}} <b>{{value}}</b> <span>{{share}}</span></li>
    {{/parts}}
    </ul>

    """#

  static let heat = #"""
    <svg class="square" role="img" aria-label="{{description}}">
    <rect class="track" width="100%" height="100%"/>
    {{#cells}}
    <rect class="cell" x="{{x}}" y="{{y}}" width="{{side}}" height="{{side}}" fill-opacity="{{opacity}}"><title>{{hint}}</title></rect>
    {{/cells}}
    {{#ticks}}
    <line class="grid" x1="{{along}}" x2="{{along}}" y1="0" y2="100%"/><line class="grid" x1="0" x2="100%" y1="{{down}}" y2="{{down}}"/>
    <text class="middle" x="{{along}}" y="100%" dy="1.5em">{{label}}</text><text class="end" x="0" dx="-8" y="{{down}}" dy="0.35em">{{label}}</text>
    {{/ticks}}
    <text class="middle" x="50%" y="100%" dy="2.9em">width, of the image’s</text>
    <text class="end" x="0" dx="-8" y="0" dy="1.6em">height</text>
    </svg>

    """#

  static let table = #"""
    <div class="scroll"><table>
    <thead><tr>{{#head}}<th>{{.}}</th>{{/head}}</tr></thead>
    <tbody>
    {{#rows}}
    <tr{{#isSum}} class="sum"{{/isSum}}><td class="label">{{name}}</td>{{#cells}}<td>{{.}}</td>{{/cells}}</tr>
    {{/rows}}
    </tbody>
    </table></div>

    """#
}

/// A length for markup, to a hundredth of a percent.
func percent(_ value: Double) -> String {
  let hundredths = Int((value * 100).rounded())
  return "\(Double(hundredths) / 100)%"
}

/// A table as the page's markup wants it: a name and cells in each row.
struct PageTable {
  struct Row {
    var name: String
    var cells: [String]
    var isSum = false
  }

  /// Sentences below the heading or below the table.
  var notes: [String] = []
  var head: [String]
  var rows: [Row] = []

  mutating func add(_ name: String, _ cells: [String], isSum: Bool = false) {
    rows.append(Row(name: name, cells: cells, isSum: isSum))
  }
}
