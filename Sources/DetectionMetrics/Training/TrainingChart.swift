import COCO

/// The curves of a training, loss and AP50 over steps, as one self-contained SVG.
public struct TrainingChart: Sendable {
  /// The loss by step.
  public var losses: [(step: Double, value: Double)] = []
  /// The AP50 by step, 0 … 1.
  public var scores: [(step: Double, value: Double)] = []

  /// Creates a chart without points.
  public init() {}

  /// The largest number of points that are drawn one by one.
  private static let mostDots = 40
  private static let left = 52.0
  private static let width = 560.0
  private static let height = 190.0

  /// The chart as an `svg` element.
  public var svg: String {
    let last = max(losses.last?.step ?? 0, scores.last?.step ?? 0, 1)
    let finite = losses.filter { $0.value.isFinite }
    let most = max(finite.map(\.value).max() ?? 1, 1e-6)
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 490" role="img" \
      aria-label="loss and AP50 over steps" font-family="system-ui, sans-serif" font-size="12">
      <title>Loss and AP50 over steps</title>

      """ + panel("loss", finite, top: 20, most: most, last: last, colour: "#b3541e")
        + panel("AP50", scores, top: 250, most: 1, last: last, colour: "#1e7a5a")
        + "</svg>\n"
  }

  private func panel(
    _ name: String, _ points: [(step: Double, value: Double)], top: Double, most: Double,
    last: Double, colour: String
  ) -> String {
    let low = top + Self.height
    var text =
      "<text x=\"\(Self.left.brief(1))\" y=\"\((top - 6).brief(1))\" fill=\"#78837d\">\(name)</text>\n"
    for tick in 0...4 {
      let share = Double(tick) / 4
      let y = low - share * Self.height
      let x = Self.left + share * Self.width
      text += """
        <path d="M\(Self.left.brief(1)) \(y.brief(1))h\(Self.width.brief(1))" stroke="#8a958f" \
        stroke-opacity=".35"/>
        <text x="\((Self.left - 6).brief(1))" y="\((y + 4).brief(1))" fill="#78837d" \
        text-anchor="end">\((share * most).brief(2))</text>
        <text x="\(x.brief(1))" y="\((low + 18).brief(1))" fill="#78837d" \
        text-anchor="middle">\((share * last).brief(0))</text>

        """
    }
    let places = points.map { point in
      let x = Self.left + point.step / last * Self.width
      return (x: x.brief(1), y: (low - min(point.value / most, 1) * Self.height).brief(1))
    }
    return text + curve(places, colour: colour)
  }

  /// Returns a line through the points, which are also drawn as dots if they are few: a line
  /// through a single point shows nothing.
  private func curve(_ places: [(x: String, y: String)], colour: String) -> String {
    let line = places.map { "\($0.x),\($0.y)" }.joined(separator: " ")
    let dots = places.map { place in
      "<circle cx=\"\(place.x)\" cy=\"\(place.y)\" r=\"2.5\" fill=\"\(colour)\"/>\n"
    }
    return """
      <polyline points="\(line)" fill="none" stroke="\(colour)" stroke-width="1.8"/>

      """ + (places.count > Self.mostDots ? "" : dots.joined())
  }
}
