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
  public var figures: [String] = []

  init(_ looks: [PictureLooks], commonSize: CommonSize?, seed: UInt64) {
    let sizes = SizeTest(looks)
    figures.append("drops \(sizes.drops.map { ($0 ?? 0).brief(2) }) half \(sizes.gainOfHalf.t) double \(sizes.gainOfDouble.t) sharp \(sizes.isSharp)")
    if let commonSize, !sizes.isSharp { reasons.append(commonSize.reason) }
    let placement = PlacementTest(looks)
    if let placement {
      boxFit = placement.fit.mean
      figures.append("fit \(placement.fit.t) next \(placement.next.t) prev \(placement.previous.t) over next \(placement.gainOverNext.t) over prev \(placement.gainOverPrevious.t)")
      for a in placement.alternatives { figures.append("\(a.placement) \(a.fit.t) gain \(a.gain.t)") }
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
      figures.append("categories \(categories.told.t) chance \(categories.chance) z \(categories.certaintyOfLooks) alike \(categories.alike) z \(categories.certaintyOfPictures) clearest \(categories.clearest.t) rank \(categories.rankOfGiven.t)")
      if let fault = categories.fault { reasons.append(fault) }
      untold += categories.untold
    }
  }
}
extension Estimate? { var t: String { self.map { "\($0.mean.brief(3))±\($0.error.brief(3))(\($0.count))" } ?? "-" } }
extension Estimate { var t: String { Optional(self).t } }

extension CommonSize {
  var reason: String {
    "\(count) of \(of) boxes are \(width.shortest) × \(height.shortest) pixels, whatever the size of "
      + "what they show"
  }
}

extension PlacementTest {
  /// What own boxes outdo in sound sets: six real ones had 0.77 to 0.99; with boxes of other pictures
  /// they had 0.4 to 0.6.
  private static let soundFit = 0.62
  private static let unsoundFit = 0.7

  /// Whether boxes certainly fit.
  var isSound: Bool { fit.atLeast > Self.soundFit && fit.isAbove(0.5, by: 3.5) }

  /// What must be undone for boxes to fit; nil where nothing is known to help.
  var fault: String? {
    let better = alternatives.filter {
      $0.fit.mean >= Self.unsoundFit && $0.gain.isAbove(0.02, by: 3)
    }
    if let best = better.max(by: { $0.gain.mean < $1.gain.mean }) {
      return "\(best.placement.fault): once that is undone they outdo \(best.fit.percent) of the "
        + "boxes of other pictures in their place, as they are \(fit.percent)"
    }
    return neighboursFault
  }

  /// Boxes that fit no better than those of a neighbour, which fit better than chance.
  private var neighboursFault: String? {
    func fits(_ neighbour: Estimate?, _ gain: Estimate?) -> Bool {
      guard let neighbour, let gain else { return false }
      return neighbour.isAbove(0.5, by: 2.5) && !gain.isAbove(0, by: 2.5)
    }
    let name: String
    if fits(previous, gainOverPrevious) {
      name = "the one before"
    } else if fits(next, gainOverNext) {
      name = "the next one"
    } else {
      return nil
    }
    return "boxes of some pictures fit \(name): they may be one picture off"
  }

  /// That boxes certainly do not fit; nil where they do or may.
  var misfit: String? {
    guard fit.atMost < Self.unsoundFit, fit.count >= 20 else { return nil }
    return "boxes do not fit what the pictures show: put into a picture, \(fit.percent) of the boxes "
      + "of other pictures fit it less well than its own, of which chance makes 50 %; they may be of "
      + "other pictures, or moved"
  }
}

extension SizeTest {
  /// That boxes of other sides about the same centres fit better; nil where they do not.
  var fault: String? {
    if let gainOfDouble, gainOfDouble.isAbove(0.05, by: 3) {
      return "boxes are too small: edges end at about twice their width and height"
    }
    if let gainOfHalf, gainOfHalf.isAbove(0.05, by: 3) {
      return "boxes are too large: edges end at about half their width and height"
    }
    return nil
  }
}

extension CategoryTest {
  private static let fewest = 30
  private static let surelyShuffled = 100

  var fault: String? {
    if told.count >= Self.fewest, certaintyOfLooks < 2.5, certaintyOfPictures < 3 {
      return "categories do not fit what the pictures show: \(told.percent) of the objects are told "
        + "by what they look like, of which chance makes \((chance.mean * 100).brief(0)) %, and "
        + "objects of one picture are no more alike than others; they may be shuffled"
    }
    if certaintyOfLooks > 5, clearest.count >= 15, clearest.mean > 0.55, clearest.atMost < 0.95,
      let rankOfGiven, rankOfGiven.atMost < 0.75
    {
      let wrong = ((1 - clearest.mean) * 100).brief(0)
      return "about \(wrong) % of the categories are wrong: of the objects that are clearest so many "
        + "look like another category, and have any other one"
    }
    return nil
  }

  var untold: [String] {
    clearest.mean < 0.9 && fault == nil
      ? ["whether some categories are wrong: too few objects of each look alike"] : []
  }
}
