import Torch

/// A test of whether boxes fit their images: a linear model learns from some images to distinguish
/// their own boxes from boxes of other images, put into them as if they were their own, and then
/// distinguishes them on images that it has not seen.
///
/// Boxes of other images lie at places and have shapes that occur in the set, so that chance is a
/// half whatever the set is like. The same test is made with boxes that are mirrored, turned,
/// exchanged and so on: if those fit better, that is the fault of the set.
struct PlacementTest {
  /// The fit of boxes after a misplacement is undone.
  struct Alternative {
    let placement: BoxPlacement
    let fit: Estimate
    /// The gain in fit over the boxes as given, for the same objects.
    let gain: Estimate
  }

  /// The share of other images' boxes that an image's own boxes outscore.
  let fit: Estimate
  let alternatives: [Alternative]
  /// The share that each box outdoes.
  let scores: [ObjectScore]
  /// The share of other images' boxes that lie at the place of one of an image's own.
  let samePlace: Double
  /// The borders of the images at which boxes end.
  let borders: BorderCount
  /// The same share for the boxes of the next image of the set, and of the one before.
  let next: Estimate?
  let previous: Estimate?
  /// The gain in fit of an image's own boxes over those of its neighbours, image by image.
  let gainOverNext: Estimate?
  let gainOverPrevious: Estimate?

  /// The standard deviation of a share that may be anything from 0 to 1.
  private static let chanceDeviation = 0.29

  /// Runs the test; nil if there are too few images to learn from some and judge others.
  init?(_ looks: [PictureLooks], borders: BorderCount) {
    self.borders = borders
    samePlace = looks.reduce(0) { $0 + $1.samePlace } / Double(max(looks.count, 1))
    let given = Self.shares(looks, as: .asGiven)
    guard given.own.count(where: { $0.contains { $0 != nil } }) > 1,
      let fit = Self.estimate(given.own.map { $0.compactMap { $0 } })
    else { return nil }
    self.fit = fit
    scores = zip(looks, given.own).flatMap { look, shares in
      zip(look.objects, shares).compactMap { object, share in
        share.map { ObjectScore(annotation: object.annotation, score: $0) }
      }
    }
    next = Self.estimate(given.next)
    previous = Self.estimate(given.previous)
    gainOverNext = Self.gain(of: given.own, over: given.next)
    gainOverPrevious = Self.gain(of: given.own, over: given.previous)
    alternatives = BoxPlacement.allCases.dropFirst().compactMap { placement in
      let own = Self.shares(looks, as: placement).own
      let gains = zip(own, given.own).map { other, given in
        zip(other, given).compactMap { other, given in
          if let other, let given { other - given } else { nil }
        }
      }
      guard let fit = Self.estimate(own.map { $0.compactMap { $0 } }),
        let gain = Self.estimate(gains)
      else { return nil }
      return Alternative(placement: placement, fit: fit, gain: gain)
    }
  }

  private static func estimate(_ shares: [[Double]]) -> Estimate? {
    Estimate(shares, leastDeviation: chanceDeviation)
  }

  private static func gain(of own: [[Double?]], over others: [[Double]]) -> Estimate? {
    func mean(_ values: some Collection<Double>) -> Double? {
      values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
    let gains = zip(own, others).compactMap { own, others -> [Double]? in
      guard let one = mean(own.compactMap { $0 }), let other = mean(others) else { return nil }
      return [one - other]
    }
    return Estimate(gains)
  }

  /// The shares of other images' boxes that boxes outscore, by image.
  private struct Shares {
    /// The share of each own object; nil for those that are not placed so.
    var own: [[Double?]] = []
    var next: [[Double]] = []
    var previous: [[Double]] = []
  }

  private static func shares(_ looks: [PictureLooks], as placement: BoxPlacement) -> Shares {
    let chosen = looks.map { look in
      look.rows.indices.filter { look.rows[$0].placement == placement }
    }
    let rows = zip(looks, chosen).enumerated().flatMap { index, look in
      look.1.map { (picture: index, row: look.0.rows[$0]) }
    }
    let own = rows.count { $0.row.source == .own }
    let other = rows.count { $0.row.source == .other }
    guard own > 1, other > 1 else { return Shares() }
    let weights = rows.map { row -> Double in
      switch row.row.source {
      case .own: Double(other) / Double(own)
      case .other: 1
      case .next, .previous: 0
      }
    }
    let ridge = HeldOutRidge(
      .concatenate(zip(looks, chosen).map { $0.features(of: $1) }), pictures: rows.map(\.picture),
      weights: weights)
    let targets = rows.map { $0.row.source == .own ? 1.0 : -1.0 }
    let scores: [Double] = ridge.predictions(of: Tensor(targets, shape: [rows.count, 1]))
      .contiguous().scalars()
    var byPicture = looks.map { _ in [(row: PictureLooks.Row, score: Double)]() }
    for (index, row) in rows.enumerated() {
      byPicture[row.picture].append((row.row, scores[index]))
    }
    var shares = Shares()
    for (look, picture) in zip(looks, byPicture) {
      let others = picture.filter { $0.row.source == .other }.map(\.score)
      func outdone(_ source: BoxSource) -> [(object: Int, share: Double)] {
        guard !others.isEmpty else { return [] }
        return picture.filter { $0.row.source == source }.map { row, score in
          (row.object, share(of: others, under: score))
        }
      }
      var own = [Double?](repeating: nil, count: look.objects.count)
      for (object, share) in outdone(.own) { own[object] = share }
      shares.own.append(own)
      shares.next.append(outdone(.next).map(\.share))
      shares.previous.append(outdone(.previous).map(\.share))
    }
    return shares
  }

  private static func share(of others: [Double], under score: Double) -> Double {
    let lower = others.count { $0 < score }
    let equal = others.count { $0 == score }
    return (Double(lower) + Double(equal) / 2) / Double(others.count)
  }
}
