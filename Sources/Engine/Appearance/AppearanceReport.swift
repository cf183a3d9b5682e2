import COCO

/// What the appearance of a set's objects says of its boxes and categories.
public struct AppearanceReport: Sendable, Equatable {
  /// Why the set cannot be learnt.
  public private(set) var reasons: [String] = []
  /// What cannot be told of a set of this size or kind, whose answer might be bad.
  public private(set) var untold: [String] = []
  /// Whether boxes were seen to fit what the pictures show, on pictures that were not learnt.
  public private(set) var boxesFit = false
  /// The share of other pictures' boxes that a picture's own outdo, 0.5 by chance; nil where that could
  /// not be asked.
  public private(set) var boxFit: Double?
  /// The share of the objects whose category is told right by a model that has not seen their pictures,
  /// and what chance makes of it; nil where there is one category.
  public private(set) var categoriesTold: Double?
  public private(set) var categoriesToldByChance: Double?

  init(
    _ looks: [PictureLooks], borders: BorderCount, outlines: OutlineFit, commonSize: CommonSize?,
    seed: UInt64
  ) {
    if let fault = outlines.fault { reasons.append(fault) }
    let sizes = SizeTest(looks)
    if let commonSize, !sizes.isSharp { reasons.append(commonSize.reason) }
    let placement = PlacementTest(looks, borders: borders)
    if let placement {
      boxFit = placement.fit.mean
    }
    let fault = placement?.fault ?? sizes.fault ?? placement?.misfit
    if let fault { reasons.append(fault) }
    boxesFit = fault == nil && placement?.isSound == true
    if fault == nil, !boxesFit {
      untold.append("whether boxes fit what the pictures show")
    }
    if let categories = CategoryTest(looks, seed: seed) {
      categoriesTold = categories.told.mean
      categoriesToldByChance = categories.chance.mean
      if let fault = categories.fault { reasons.append(fault) }
      untold += categories.untold
    }
    untold.append("whether objects lack a box; copra check --folds 3 looks for them")
  }
}
