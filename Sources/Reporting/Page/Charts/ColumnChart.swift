import COCO

/// Vertical bars over named bins, as the page's markup needs them.
struct ColumnChart {
  struct Bar {
    var x: String
    var y: String
    var width: String
    var height: String
    var centre: String
    var label: String
    /// Whether the label is hidden if there is little room.
    var isMinor: Bool
    var hint: String
    /// A class of the style sheet; empty for none.
    var kind = ""
  }

  /// A line across with its number.
  struct Line {
    var y: String
    var label: String
  }

  private static let fewestSlots = 6

  var note: String
  var description: String
  var bars: [Bar]
  var lines: [Line]

  /// Creates a chart. `hint` describes a bin and its count. Of many labels only some are shown.
  init(
    note: String, description: String, _ bins: [(label: String, count: Int)],
    hint: (String, Int) -> String
  ) {
    let step = Self.step(for: bins.map(\.count).max() ?? 0)
    let highest = bins.map(\.count).max() ?? 0
    let top = max((highest + step - 1) / step, 1) * step
    // Few bars stand in the middle, no wider than they would be among others.
    let slot = 100 / Double(max(bins.count, Self.fewestSlots))
    let start = (100 - slot * Double(bins.count)) / 2
    let labels = bins.map(\.label)
    let every = Self.labelStep(labels, room: 400)
    let everyOnPhones = (Self.labelStep(labels, room: 270) + every - 1) / every * every
    self.note = note
    self.description = description
    lines = stride(from: 0, through: top, by: step).map { count in
      Line(y: percent(100 - 100 * Double(count) / Double(top)), label: count.grouped)
    }
    bars = bins.enumerated().map { index, bin in
      let height = 100 * Double(bin.count) / Double(top)
      return Bar(
        x: percent(start + (Double(index) + 0.1) * slot), y: percent(100 - height),
        width: percent(0.8 * slot), height: percent(height),
        centre: percent(start + (Double(index) + 0.5) * slot),
        label: index % every == 0 ? bin.label : "", isMinor: index % everyOnPhones != 0,
        hint: hint(bin.label, bin.count))
    }
  }

  /// Returns the step between the labels that fit side by side in a chart `room` pixels wide.
  private static func labelStep(_ labels: [String], room: Int) -> Int {
    let widest = labels.map { $0.columns * 7 + 8 }.max() ?? 0
    return max((widest * labels.count + room - 1) / room, 1)
  }

  /// Returns 1, 2 or 5 times a power of ten, so that there are at most five lines above the axis.
  private static func step(for highest: Int) -> Int {
    var decade = 1
    while highest / 5 >= 10 * decade { decade *= 10 }
    return [1, 2, 5].map { $0 * decade }.first { 5 * $0 >= highest } ?? 10 * decade
  }
}
