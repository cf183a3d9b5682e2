import COCO

/// What the appearance of a set's objects says of its boxes and categories.
public struct AppearanceReport: Sendable, Equatable {
  /// Why the set cannot be learnt.
  public private(set) var reasons: [String] = []
  /// What speaks against it, though it may be so by intent: somebody who knows the set should look.
  public private(set) var doubts: [String] = []
  /// What cannot be told of a set of this size or kind, whose answer might be bad.
  public private(set) var untold: [String] = []
  /// Whether boxes were seen to fit what the pictures show, on pictures that were not learnt.
  public private(set) var boxesFit = false
  /// The share of other pictures' boxes that a picture's own outdo, 0.5 by chance; nil where that could
  /// not be asked.
  public private(set) var boxFit: Double?
  /// The share of the objects whose category is guessed right by a model that has not seen their pictures,
  /// and what chance makes of it; nil where there is one category.
  public private(set) var categoriesGuessed: Double?
  public private(set) var categoriesGuessedByChance: Double?

  init(
    _ looks: [PictureLooks], borders: BorderCount, outlines: OutlineFit, commonSize: CommonSize?,
    seed: UInt64
  ) {
    let sizes = SizeTest(looks)
    let placement = PlacementTest(looks, borders: borders)
    boxFit = placement?.fit.mean
    let fault = placement?.fault
    let doubt = (sizes.isSharp ? nil : commonSize?.doubt) ?? sizes.doubt ?? placement?.doubt
    reasons += [outlines.fault, fault].compactMap { $0 }
    if fault == nil { doubts += [doubt].compactMap { $0 } }
    boxesFit = fault == nil && doubt == nil && placement?.isSound == true
    if fault == nil, doubt == nil, !boxesFit {
      untold.append("whether boxes fit what the pictures show")
    }
    if let categories = CategoryTest(looks, seed: seed) {
      categoriesGuessed = categories.guessed.mean
      categoriesGuessedByChance = categories.chance.mean
      reasons += [categories.fault].compactMap { $0 }
      doubts += [categories.doubt].compactMap { $0 }
      untold += categories.untold
    }
    untold.append("whether objects lack a box; copra check --folds 3 looks for them")
  }
}
