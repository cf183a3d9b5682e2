/// An edge of a ring that goes at least as far to the right as up or down, in fifths of a pixel.
struct ShallowEdge {
  private let x: Int
  private let y: Double
  private let slope: Double
  private let shift: Int

  @inline(__always)
  init(_ x0: Int, _ y0: Int, _ x1: Int, _ y1: Int) {
    x = x0
    y = Double(y0)
    slope = Double(y1 - y0) / Double(x1 - x0)
    shift = slope < 0 ? 1 : 0
  }

  /// Returns the upper one of the points at `fifth` and one to the right of it.
  @inline(__always)
  func passage(of fifth: Int) -> Int {
    Int(y + slope * Double(fifth - x + shift) + 0.5)
  }
}

/// An edge of a ring that goes further down than to a side, in fifths of a pixel.
struct SteepEdge {
  private let x: Double
  private let y: Int
  private let slope: Double
  private let stepsPerFifth: Double

  @inline(__always)
  init(_ x0: Int, _ y0: Int, _ x1: Int, _ y1: Int) {
    x = Double(x0)
    y = y0
    slope = Double(x1 - x0) / Double(y1 - y0)
    stepsPerFifth = Double(y1 - y0) / Double(x1 - x0)
  }

  /// Returns the last point before the edge passes between `fifth` and one to the right of it.
  ///
  /// The step is estimated by division, then moved to the place at which the rounded points pass.
  /// The first point has never passed and the last one always has, so both searches end; a limit
  /// would only make the compiler turn them into vector code, four times slower for one step.
  @inline(__always)
  func passage(of fifth: Int) -> Int {
    let border = Double(fifth + 1)
    var step = Int((border - 0.5 - x) * stepsPerFifth) + 1
    while hasPassed(border, at: step - 1) { step -= 1 }
    while !hasPassed(border, at: step) { step += 1 }
    return y + step - 1
  }

  @inline(__always)
  private func hasPassed(_ border: Double, at step: Int) -> Bool {
    let point = x + slope * Double(step) + 0.5
    return slope > 0 ? point >= border : point < border
  }
}
