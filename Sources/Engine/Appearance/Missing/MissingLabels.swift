public import COCO
import Glibc

/// A place that looks like an object and has no box.
public struct MissingPlace: Sendable, Equatable {
  /// The image's index in the dataset.
  public let image: Int
  /// The box in pixels of the image.
  public let box: Box
  /// How much less it looks like an object than the median of the set's own boxes; negative if it
  /// looks more like one.
  public let score: Double
}

/// The likelihood of an image to lack a box; the lower the score, the likelier.
public struct ImageScore: Sendable, Equatable {
  /// The image's index in the dataset.
  public let image: Int
  /// The score.
  public let score: Double
}

/// The places of a set that look like its objects and have no box.
public struct MissingLabels: Sendable, Equatable {
  /// The places, the likeliest first.
  public let places: [MissingPlace]
  /// The score of each image that was searched: that of its likeliest place. Of an image without
  /// any box the logarithm of the odds that an image of the set has one is subtracted.
  public let images: [ImageScore]
  /// The number of the set's images.
  public let pictures: Int
  /// The number of labelled boxes that the looks of objects were learnt from.
  public let objects: Int

  /// The fewest objects whose looks can be relied on.
  private static let fewest = 100
  /// The most places as a share of the boxes that look as much like objects: of more, most are no
  /// objects, as sets show in which none is missing.
  private static let mostShare = 0.2

  /// The most of these places that a set of which no box is missing has, as a share of its boxes.
  private static let usualShare = 0.02

  /// Ranks what was found.
  ///
  /// - Parameters:
  ///   - searched: The images that were searched.
  ///   - ownScores: How much the set's own boxes look like objects; not empty.
  ///   - pictures: The number of the set's images.
  init(_ searched: [SearchedPicture], ownScores: [Double], pictures: Int) {
    let median = ownScores.sorted()[ownScores.count / 2]
    places = searched.flatMap { picture in
      picture.places.map {
        MissingPlace(image: picture.image, box: $0.box, score: median - $0.score)
      }
    }.stablySorted { $0.score < $1.score }
    let labelled = searched.count(where: \.hasLabel)
    let odds = log(Double(labelled + 1) / Double(searched.count - labelled + 1))
    // A place of background, for images whose places are all labelled.
    let none = median + 1
    images = searched.map { picture in
      let least = picture.places.map { median - $0.score }.min() ?? none
      return ImageScore(image: picture.image, score: least - (picture.hasLabel ? 0 : odds))
    }
    self.pictures = pictures
    objects = ownScores.count
  }

  /// Whether objects look so unlike their surroundings that a place that looks like one is one.
  public var isTelling: Bool {
    let alike = places.count { $0.score < 0 }
    return objects >= Self.fewest && Double(alike) <= Self.mostShare * Double(objects) / 2
  }

  /// The places that look more like an object than half of the set's boxes; none if that does not
  /// tell.
  public var likely: [MissingPlace] { isTelling ? places.filter { $0.score < 0 } : [] }

  /// Why boxes may be missing; nil if there are few such places.
  var doubt: String? {
    let count = likely.count
    guard Double(count) > Self.usualShare * Double(objects) else { return nil }
    return "boxes may be missing: \(count) places look more like an object than half of the "
      + "\(objects) boxes do, and have none"
  }
}

extension MissingPlace {
  /// The place as a message.
  public var message: String {
    let numbers = [box.x0, box.y0, box.width, box.height].map { $0.brief(1) }
    return
      "the place \(numbers.joined(separator: " ")) (x y width height) looks more like an object "
      + "than half of the set's boxes do, and has no box"
  }
}

/// One image and its places.
struct SearchedPicture: Sendable {
  /// The image's index in the dataset.
  let image: Int
  let hasLabel: Bool
  /// Boxes in pixels and how much they look like objects, the best first.
  let places: [(box: Box, score: Double)]
}
