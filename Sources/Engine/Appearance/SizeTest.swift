import COCO

/// Whether boxes are as large as their objects: by how the drop of edges across their sides compares
/// with that of smaller and larger boxes about the same centres.
struct SizeTest {
  /// By scale the mean drop, for the report.
  let drops: [Double?]
  /// How much more edges drop at half the box' sides, and at twice, than at the box' own.
  let gainOfHalf: Estimate?
  let gainOfDouble: Estimate?
  /// How much more they drop at the box' own sides than a little inside and a little outside.
  private let gainOverInside: Estimate?
  private let gainOverOutside: Estimate?

  init(_ looks: [PictureLooks]) {
    let profiles = looks.map(\.profiles)
    drops = EdgeProfile.scales.indices.map { scale in
      Estimate(profiles.map { $0.compactMap { $0.drops[scale] } })?.mean
    }
    func gain(of scale: Int, over other: Int) -> Estimate? {
      Estimate(
        profiles.map { picture in
          picture.compactMap { profile in
            guard let own = profile.drops[scale], let others = profile.drops[other] else {
              return nil
            }
            return own - others
          }
        })
    }
    let own = EdgeProfile.own
    gainOfHalf = gain(of: 0, over: own)
    gainOfDouble = gain(of: EdgeProfile.scales.count - 1, over: own)
    gainOverInside = gain(of: own, over: own - 1)
    gainOverOutside = gain(of: own, over: own + 1)
  }

  /// Whether edges drop where boxes end, and not a little inside or outside.
  var isSharp: Bool {
    [gainOverInside, gainOverOutside].allSatisfy { $0?.isAbove(0, by: 3) ?? false }
  }
}

/// The one size that nearly all boxes of a set have.
struct CommonSize {
  let width: Double
  let height: Double
  let count: Int
  let of: Int

  private static let fewest = 20
  private static let share = 0.75

  /// Nil where boxes differ in size.
  init?(_ samples: DetectionSamples) {
    var counts: [[Int]: Int] = [:]
    var total = 0
    for position in 0..<samples.count {
      for object in samples.learnable(at: position) {
        let sides = [object.box.width, object.box.height].map { Int(min($0 * 4, 1e9).rounded()) }
        counts[sides, default: 0] += 1
        total += 1
      }
    }
    guard total >= Self.fewest, let most = counts.max(by: { $0.value < $1.value }),
      Double(most.value) >= Self.share * Double(total)
    else { return nil }
    (width, height) = (Double(most.key[0]) / 4, Double(most.key[1]) / 4)
    (count, of) = (most.value, total)
  }
}
