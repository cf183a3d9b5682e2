/// A test of whether boxes are as large as their objects, by comparing the drop of edges across
/// their sides with that of smaller and larger boxes about the same centres.
struct SizeTest {
  private static let fewest = 10

  /// The mean drop by scale, for the report.
  let drops: [Double?]
  /// The gain in the drop of edges at half the boxes' sides, and at twice, over the boxes' own.
  let gainOfHalf: Estimate?
  let gainOfDouble: Estimate?

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
  }

  /// Whether edges drop at the boxes' borders, and hardly a little inside or outside, which shows
  /// that objects are exactly as large as their boxes.
  var isSharp: Bool {
    let others = drops.indices.filter { $0 != EdgeProfile.own }.compactMap { drops[$0] }
    guard let own = drops[EdgeProfile.own] else { return false }
    return own > 0.3 && others.allSatisfy { own > 2 * $0 }
  }

  /// The doubt that boxes of other sides about the same centres fit better, as parts of objects do
  /// too; nil if they do not.
  var doubt: String? {
    func gain(_ estimate: Estimate?) -> Double {
      estimate.map { $0.count >= Self.fewest && $0.isAbove(0.05, by: 3) ? $0.mean : 0 } ?? 0
    }
    let (double, half) = (gain(gainOfDouble), gain(gainOfHalf))
    if max(double, half) == 0 { return nil }
    return double > half
      ? "boxes may be too small: edges end at about twice their width and height"
      : "boxes may be too large: edges end at about half their width and height"
  }
}
