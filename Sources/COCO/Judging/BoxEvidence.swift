/// The evidence of boxes for and against each convention of their numbers.
struct BoxEvidence {
  /// The evidence for one convention.
  struct Tally {
    /// The number of boxes that fit their image only in this convention.
    var witnesses = 0
    /// The number of boxes that contradict the convention.
    var misfits = 0
    /// The position of the first witness.
    var first: Int?

    mutating func add(fits: Bool, isWitness: Bool, at index: Int) {
      guard fits else {
        misfits += 1
        return
      }
      guard isWitness else { return }
      witnesses += 1
      if first == nil { first = index }
    }
  }

  /// The least excess of a box over an edge that is no slip, as a part of the image's size.
  private static let clearExcess = 0.05
  /// The distance in pixels that rounding moves a box.
  private static let slack = 1.0
  /// The most outlines that are compared.
  private static let mostOutlines = 64
  /// The smallest side of an image, in pixels, for which percentages can be told from pixels.
  private static let smallestForPercentages = 250.0

  /// The number of boxes between two tests of which conventions are refuted.
  private static let boxesBetweenLooks = 256

  /// The number of boxes of the set, or more where it is not known yet.
  var count: Int
  private(set) var judged = 0
  /// Whether no reading is left but the one that is expected.
  private(set) var isRefuted = false
  private var areFractionsRefuted = false
  private var arePercentagesRefuted = false
  private var areFormsRefuted = false
  private var corners = Tally()
  private var extents = Tally()
  private var centres = Tally()
  private var exchanged = Tally()
  private var fractions = Tally()
  private var percentages = Tally()
  private var scale = Tally()
  private var areas = AreaTally()
  private var outlines = OutlineTally()
  /// The largest part of its image's width or height at which a box ends.
  private var factor = 0.0
  /// The least and the largest coordinates of all boxes.
  private var (left, top) = (Double.infinity, Double.infinity)
  private var (right, bottom) = (-Double.infinity, -Double.infinity)

  init(count: Int) {
    self.count = count
  }

  mutating func add(_ sample: BoxReading.Sample, at index: Int, outline: () -> Box?) {
    let (box, width, height) = (sample.box, sample.width, sample.height)
    judged += 1
    if judged % Self.boxesBetweenLooks == 0 { lookForTheRefuted() }
    if !areFractionsRefuted {
      fractions.add(
        fits: box.isWithinOne && (width <= 0 || min(width, height) >= 8),
        isWitness: !box.isWhole, at: index)
    }
    guard width > 0, height > 0 else { return addMisfit() }
    let excess = max((box.x1 - width) / width, (box.y1 - height) / height)
    addUnits(box, width: width, height: height, excess: excess, at: index)
    guard !areFormsRefuted else { return }
    addForms(box, width: width, height: height, excess: excess, at: index)
    if isAlive(corners) || isAlive(centres) || isAlive(exchanged) {
      areas.add(sample.area, box)
      if outlines.compared < Self.mostOutlines, let outline = outline() {
        outlines.add(outline, box, at: index)
      }
    }
  }

  /// Adds a box on an image of unknown size, which fits only the convention of fractions.
  private mutating func addMisfit() {
    corners.misfits += 1
    extents.misfits += 1
    centres.misfits += 1
    exchanged.misfits += 1
    percentages.misfits += 1
    scale.misfits += 1
  }

  /// Notes which conventions need no further examination: most sets refute them within their first
  /// boxes, and a refuted convention remains so.
  private mutating func lookForTheRefuted() {
    areFractionsRefuted = !isAlive(fractions)
    arePercentagesRefuted = !isAlive(percentages)
    areFormsRefuted = ![corners, extents, centres, exchanged].contains(where: isAlive)
    isRefuted = areFractionsRefuted && arePercentagesRefuted && areFormsRefuted && !isScaleAlive
  }

  /// Adds the evidence for other meanings of the four numbers.
  private mutating func addForms(
    _ box: Box, width: Double, height: Double, excess: Double, at index: Int
  ) {
    let slack = Self.slack
    let isOnPicture = box.x >= -slack && box.y >= -slack
    corners.add(
      fits: isOnPicture && box.width > box.x && box.height > box.y && box.width <= width + slack
        && box.height <= height + slack,
      isWitness: excess > Self.clearExcess, at: index)
    extents.add(
      fits: isOnPicture && box.x1 > 0 && box.y1 > 0 && box.x + box.x1 <= width + slack
        && box.y + box.y1 <= height + slack,
      isWitness: box.isInverted, at: index)
    centres.add(
      fits: box.width > 0 && box.height > 0 && box.x >= box.width / 2 - slack
        && box.y >= box.height / 2 - slack && box.x + box.width / 2 <= width + slack
        && box.y + box.height / 2 <= height + slack,
      isWitness: excess > Self.clearExcess / 2, at: index)
    exchanged.add(
      fits: isOnPicture && box.width > 0 && box.height > 0 && box.x1 <= height + slack
        && box.y1 <= width + slack,
      isWitness: excess > Self.clearExcess / 2, at: index)
  }

  /// Adds the evidence for other units of the same meaning.
  private mutating func addUnits(
    _ box: Box, width: Double, height: Double, excess: Double, at index: Int
  ) {
    let isPast = !box.isInverted && excess > Self.clearExcess
    scale.add(fits: isPast, isWitness: isPast, at: index)
    factor = max(factor, max(box.x1 / width, box.y1 / height))
    guard !arePercentagesRefuted else { return }
    percentages.add(
      fits: box.x >= -0.5 && box.y >= -0.5 && box.x1 <= 100.5 && box.y1 <= 100.5
        && min(width, height) >= Self.smallestForPercentages,
      isWitness: true, at: index)
    (left, top) = (min(left, box.x0), min(top, box.y0))
    (right, bottom) = (max(right, box.x1), max(bottom, box.y1))
  }

  /// Returns whether a convention is still possible: at most one box in a hundred contradicts it.
  private func isAlive(_ tally: Tally) -> Bool { tally.misfits <= count / 100 }
  private var isScaleAlive: Bool { Double(scale.misfits) <= 0.6 * Double(count) }
}

extension BoxEvidence {
  /// The convention that is proven, with its evidence.
  var proven: (BoxReading.Form, Tally)? {
    if isAlive(fractions), fractions.witnesses > 0, fractions.witnesses * 2 >= judged {
      return (.fractions, fractions)
    }
    let isDoubted = outlines.fitAsWritten * 2 < max(outlines.compared, 1)
    if isDoubted, let form = provenForm { return form }
    if isAlive(percentages), judged >= 8, left <= 30, top <= 30, right >= 70, bottom >= 70 {
      return (.percentages, percentages)
    }
    let isMost = judged >= 5 && Double(scale.witnesses) >= 0.4 * Double(judged)
    if isMost || judged >= 3 && scale.witnesses == judged { return (.anotherScale(factor), scale) }
    return nil
  }

  private var provenForm: (BoxReading.Form, Tally)? {
    if isAlive(corners) {
      if areas.areOfCorners || outlines.areMostly(outlines.fitCorners) {
        var tally = corners
        tally.witnesses = max(tally.witnesses, areas.ofCorners, outlines.fitCorners)
        tally.first = tally.first ?? outlines.first ?? 0
        return (.corners, tally)
      }
      if isProven(corners, least: 3) { return (.corners, corners) }
    }
    // A set's areas are those of width times height in all other readings.
    if isProven(extents, least: 3) { return (.extents, extents) }
    if isProven(centres, least: 4) || areFlawlessCentres
      || isAlive(centres) && outlines.areMostly(outlines.fitCentres)
    {
      return centres.first == nil ? nil : (.centres, centres)
    }
    if isProven(exchanged, least: 3)
      || isAlive(exchanged) && outlines.areMostly(outlines.fitExchanged)
    {
      return exchanged.first == nil ? nil : (.exchangedAxes, exchanged)
    }
    return nil
  }

  /// Whether none of many boxes refutes the centre convention, which some would if it were not
  /// meant, and some reach far past their image otherwise.
  private var areFlawlessCentres: Bool {
    judged >= 50 && centres.misfits == 0 && centres.witnesses >= max(10, judged / 33)
  }

  private func isProven(_ tally: Tally, least: Int) -> Bool {
    isAlive(tally) && tally.witnesses >= max(least, judged / 5)
  }
}

extension Box {
  /// Whether no number is below 0 or above 1, save for rounding.
  fileprivate var isWithinOne: Bool {
    min(min(x, y), min(width, height)) >= -0.01 && max(max(x, y), max(width, height)) <= 1.01
  }

  fileprivate var isWhole: Bool {
    x == x.rounded() && y == y.rounded() && width == width.rounded() && height == height.rounded()
  }
}

/// The counts of areas that match boxes given by corners.
private struct AreaTally {
  private var known = 0
  private(set) var ofCorners = 0

  mutating func add(_ area: Double?, _ box: Box) {
    guard let area, area > 1 else { return }
    known += 1
    let asCorners = (box.width - box.x) * (box.height - box.y)
    if Self.isNear(area, asCorners), !Self.isNear(area, box.area) { ofCorners += 1 }
  }

  private static func isNear(_ area: Double, _ expected: Double) -> Bool {
    abs(area - expected) <= 0.005 * abs(expected)
  }

  var areOfCorners: Bool { ofCorners >= 2 && ofCorners * 10 >= known * 9 }
}

/// The agreement of each convention of a box with the outline of its object.
private struct OutlineTally {
  private(set) var compared = 0
  private(set) var fitAsWritten = 0
  private(set) var fitCorners = 0
  private(set) var fitCentres = 0
  private(set) var fitExchanged = 0
  private(set) var first: Int?

  mutating func add(_ outline: Box, _ box: Box, at index: Int) {
    guard outline.isFinite, outline.area > 0 else { return }
    compared += 1
    if first == nil { first = index }
    if outline.isNear(box) {
      fitAsWritten += 1
      return
    }
    if outline.isNear(Box(x0: box.x, y0: box.y, x1: box.width, y1: box.height)) { fitCorners += 1 }
    if outline.isNear(
      Box(
        x: box.x - box.width / 2, y: box.y - box.height / 2, width: box.width, height: box.height))
    {
      fitCentres += 1
    }
    if outline.isNear(Box(x: box.y, y: box.x, width: box.height, height: box.width)) {
      fitExchanged += 1
    }
  }

  func areMostly(_ number: Int) -> Bool { number >= 2 && number * 10 >= compared * 9 }
}

extension Box {
  fileprivate func isNear(_ other: Box) -> Bool {
    max(abs(x0 - other.x0), abs(y0 - other.y0), abs(x1 - other.x1), abs(y1 - other.y1)) <= 2
  }
}
