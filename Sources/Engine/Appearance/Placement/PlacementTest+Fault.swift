import COCO

extension PlacementTest {
  /// The least share outscored in sound sets: six real ones had 0.77 to 0.99; with boxes of other
  /// images they had 0.4 to 0.6.
  private static let soundFit = 0.6
  private static let unsoundFit = 0.7
  /// The share outscored by boxes that are no better than others.
  private static let chanceFit = 0.65
  /// The fit from which on boxes may end at the right border.
  private static let surelySoundFit = 0.85
  private static let fewest = 20
  private static let mostAtSamePlace = 0.5
  /// The least share of the boxes that an alternative must be able to place.
  private static let leastCoverage = 0.4

  /// Whether boxes certainly fit.
  var isSound: Bool {
    fit.atLeast > Self.soundFit && fit.isAbove(0.5, by: 3.5)
  }

  /// The reason why boxes certainly do not fit; nil if they do or may.
  var fault: String? {
    let better = alternatives.filter {
      $0.fit.mean >= Self.unsoundFit && $0.gain.isAbove(0.02, by: 3)
        && Double($0.fit.count) >= Self.leastCoverage * Double(fit.count)
    }
    if let best = better.max(by: { $0.gain.mean < $1.gain.mean }) {
      return "\(best.placement.fault): after a correction they fit better than "
        + "\(best.fit.percent) of other images' boxes in their place, uncorrected better than "
        + fit.percent
    }
    return bordersFault ?? neighboursFault ?? (fit.atMost < Self.chanceFit ? misfit : nil)
  }

  /// The fault of boxes that were clipped at the right; nil if they were not.
  private var bordersFault: String? {
    guard borders.isCutAtTheRight, fit.mean < Self.surelySoundFit else { return nil }
    return
      "\(borders.right) of \(borders.boxes) boxes end at the right border of their image, and "
      + "\(borders.left) begin at the left one: right edges may have been read as widths, or "
      + "coordinates may be of larger images"
  }

  /// The fault of boxes that fit no better than those of one neighbour, which fit better than
  /// chance and than those of the other; nil if they do.
  private var neighboursFault: String? {
    guard fit.isAbove(0.5, by: 2), let gainOverNext, let gainOverPrevious else { return nil }
    let name: String
    if previous?.isAbove(0.5, by: 2) == true, !gainOverPrevious.isAbove(0, by: 2.5),
      gainOverNext.isAbove(0, by: 2)
    {
      name = "next"
    } else if next?.isAbove(0.5, by: 2) == true, !gainOverNext.isAbove(0, by: 2.5),
      gainOverPrevious.isAbove(0, by: 2)
    {
      name = "previous"
    } else {
      return nil
    }
    return "boxes of some images fit the \(name) image of the set: they may be one image off"
  }

  /// The doubt that boxes hardly fit, which faint objects may explain too; nil if they do or may
  /// fit.
  var doubt: String? { fit.atMost < Self.unsoundFit ? misfit : nil }

  /// The statement that boxes fit no better than others; nil if there are few of them, or if the
  /// others are at the same places, as in images of one fixed camera.
  private var misfit: String? {
    guard fit.count >= Self.fewest, samePlace < Self.mostAtSamePlace else { return nil }
    return
      "boxes do not fit what the images show: they fit better than \(fit.percent) of other "
      + "images' boxes in their place, where chance is 50 %; they may be boxes of other images, "
      + "or moved"
  }
}
