import COCO
import DetectionMetrics

/// A chart of precision over recall as lines in a square, in SVG that stands alone or in a page.
struct CurveChart {
  /// One curve with its name in the legend.
  struct Curve {
    var name: String
    /// The precisions at the evaluation's recalls, from 0 to 1.
    var precisions: [Double]
    /// The shade from 0, the first colour, to 1, the last.
    var shade: Double
  }

  private static let left = 46.0
  private static let top = 16.0
  private static let side = 400.0
  private static let legend = 150.0

  let title: String
  let recalls: [Double]
  let curves: [Curve]

  /// The chart's markup.
  var svg: String {
    let width = Self.left + Self.side + 16 + (curves.isEmpty ? 0 : Self.legend)
    let height = Self.top + Self.side + 44
    let name = MarkupEscaping.escape(title)
    var text = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(length(width)) \(length(height))" \
      role="img" aria-label="\(name)" font-family="system-ui, sans-serif" font-size="12">
      <title>\(name)</title>

      """
    text += grid
    for curve in curves { text += line(curve) }
    for (row, curve) in curves.enumerated() { text += entry(curve, row) }
    return text + "</svg>\n"
  }

  private var grid: String {
    var text = ""
    for tick in 0...5 {
      let value = Double(tick) / 5
      let (x, y) = (length(self.x(value)), length(self.y(value)))
      let (start, end) = (length(self.x(0)), length(self.x(1)))
      let (high, low) = (length(self.y(1)), length(self.y(0)))
      text += """
        <path d="M\(start) \(y)H\(end)M\(x) \(high)V\(low)" stroke="#8a958f" stroke-opacity=".35"/>
        <text x="\(length(self.x(0) - 6))" y="\(length(self.y(value) + 4))" fill="#78837d" \
        text-anchor="end">\(value.fixed(1))</text>
        <text x="\(x)" y="\(length(self.y(0) + 18))" fill="#78837d" \
        text-anchor="middle">\(value.fixed(1))</text>

        """
    }
    return text + """
      <text x="\(length(x(0.5)))" y="\(length(y(0) + 36))" fill="#78837d" \
      text-anchor="middle">recall</text>
      <text transform="rotate(-90)" x="\(length(-y(0.5)))" y="12" fill="#78837d" \
      text-anchor="middle">precision</text>

      """
  }

  private func line(_ curve: Curve) -> String {
    let points = zip(recalls, curve.precisions).map { recall, precision in
      "\(length(x(recall))),\(length(y(precision)))"
    }
    return """
      <polyline points="\(points.joined(separator: " "))" fill="none" \
      stroke="\(colour(curve))" stroke-width="1.8"/>

      """
  }

  private func entry(_ curve: Curve, _ row: Int) -> String {
    let x = x(1) + 16
    let y = Self.top + 10 + Double(row) * 20
    return """
      <path d="M\(length(x)) \(length(y))h18" stroke="\(colour(curve))" stroke-width="3"/>
      <text x="\(length(x + 24))" y="\(length(y + 4))" \
      fill="#78837d">\(MarkupEscaping.escape(curve.name))</text>

      """
  }

  private func colour(_ curve: Curve) -> String {
    // From a dark green over yellow to red, so that neighbours can be told apart.
    "hsl(\(Int((170 - 165 * curve.shade).rounded())) 70% 42%)"
  }

  private func x(_ recall: Double) -> Double { Self.left + recall * Self.side }
  private func y(_ precision: Double) -> Double { Self.top + (1 - precision) * Self.side }

  /// Returns a length to a tenth, without needless digits.
  private func length(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(Double(tenths) / 10)"
  }
}
