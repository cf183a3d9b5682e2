import Glibc
import Torch

/// An object as the appearance check sees it.
struct SeenObject: Sendable {
  /// The annotation's index in the dataset.
  let annotation: Int
  let box: RelativeBox
  let label: Int64
}

/// The origin of boxes that are examined in an image.
enum BoxSource: Sendable {
  /// The boxes are the image's own.
  case own
  /// The boxes are of any other images, put into this one as if they were its own.
  case other
  /// The boxes are of the next image of the set, or the one before.
  case next, previous
}

/// The features of one image in its own boxes and in those of others.
struct PictureLooks: Sendable {
  /// A box that was examined.
  struct Row: Sendable {
    let source: BoxSource
    let placement: BoxPlacement
    /// The index of the image's own object, or the number of another's.
    let object: Int
  }

  private(set) var rows: [Row] = []
  /// The features in each row's box, [rows, features].
  let features: Tensor
  /// The own objects.
  let objects: [SeenObject]
  /// The shape, size and place of the own objects, [objects, 4].
  let shapes: Tensor
  /// The share of other images' boxes that overlap one of the own by half or more.
  let samePlace: Double
  /// The drop of edges across the sides of the own boxes, and of boxes smaller and larger.
  let profiles: [EdgeProfile]

  /// Measures an image; nil if no box is large enough.
  ///
  /// - Parameter moved: The number of own objects of which other placements are measured.
  init?(
    _ channels: PictureChannels, own: [SeenObject], moved: Int, others: [RelativeBox],
    next: [RelativeBox],
    previous: [RelativeBox]
  ) {
    let sides = channels.sides
    var rows: [Row] = []
    var boxes: [RelativeBox] = []
    func add(_ given: [RelativeBox], _ source: BoxSource, as placement: BoxPlacement) {
      for (object, box) in given.enumerated() {
        guard let place = placement.righted(box, in: sides) else { continue }
        rows.append(Row(source: source, placement: placement, object: object))
        boxes.append(place)
      }
    }
    let ownBoxes = own.map(\.box)
    for placement in BoxPlacement.allCases {
      add(placement == .asGiven ? ownBoxes : Array(ownBoxes.prefix(moved)), .own, as: placement)
      add(others, .other, as: placement)
    }
    add(next, .next, as: .asGiven)
    add(previous, .previous, as: .asGiven)
    guard !boxes.isEmpty else { return nil }
    self.rows = rows
    features = BoxLook.features(of: boxes, in: channels)
    objects = own
    shapes = Tensor(
      ownBoxes.flatMap { Self.shape(of: $0, in: sides) }, shape: [ownBoxes.count, 4])
    let same = others.count { other in
      ownBoxes.contains { $0.intersectionOverUnion(other) >= 0.5 }
    }
    samePlace = Double(same) / Double(max(others.count, 1))
    profiles = EdgeProfile.profiles(of: ownBoxes, in: channels)
  }

  /// Returns the logarithms of ratio and size, and the place.
  private static func shape(of box: RelativeBox, in sides: PictureSides) -> [Double] {
    let width = max(box.width * sides.width, 0.1)
    let height = max(box.height * sides.height, 0.1)
    let (x, y) = box.centre
    return [log(width / height), log(width * height) / 2, x, y]
  }

  /// Returns the features of some rows.
  func features(of rows: [Int]) -> Tensor {
    features.indexSelect(dim: 0, Tensor(rows.map(Int64.init)))
  }
}
