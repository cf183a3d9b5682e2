import Glibc

/// An object as the appearance check sees it.
struct SeenObject: Sendable {
  let box: RelativeBox
  let label: Int64
}

/// Where boxes that are looked at in a picture come from.
enum BoxSource: Sendable {
  /// The picture's own.
  case own
  /// Those of any other pictures, put into this one as if they were its own.
  case other
  /// Those of the next picture of the set, or the one before.
  case next, previous
}

/// What one picture shows in its own boxes and in those of others.
struct PictureLooks: Sendable {
  /// What is seen in one box.
  struct Row: Sendable {
    let source: BoxSource
    let placement: BoxPlacement
    /// Which of the picture's own objects it is; of others their number.
    let object: Int
    let features: [Float]
  }

  let picture: Int
  var rows: [Row] = []
  /// The labels of the own objects.
  var labels: [Int64] = []
  /// The position and shape of the own objects.
  var shapes: [[Float]] = []
  /// The drop of edges across the sides of the own boxes, and of boxes smaller and larger.
  var profiles: [EdgeProfile] = []

  init(
    _ picture: Int, _ channels: PictureChannels, own: [SeenObject], others: [RelativeBox],
    next: [RelativeBox], previous: [RelativeBox]
  ) {
    self.picture = picture
    let sides = channels.sides
    func add(_ boxes: [RelativeBox], _ source: BoxSource, as placement: BoxPlacement) {
      for (object, box) in boxes.enumerated() {
        guard let place = placement.righted(box, in: sides) else { continue }
        rows.append(
          Row(
            source: source, placement: placement, object: object,
            features: BoxLook.features(of: place, in: channels)))
      }
    }
    for placement in BoxPlacement.allCases {
      add(own.map(\.box), .own, as: placement)
      add(others, .other, as: placement)
    }
    add(next, .next, as: .asGiven)
    add(previous, .previous, as: .asGiven)
    labels = own.map(\.label)
    shapes = own.map { Self.shape(of: $0.box, in: sides) }
    profiles = own.map { EdgeProfile(of: $0.box, in: channels) }
  }

  /// Ratio, size and place, in numbers that weigh as much as a cell each.
  private static func shape(of box: RelativeBox, in sides: PictureSides) -> [Float] {
    let width = max(box.width * sides.width, 0.1)
    let height = max(box.height * sides.height, 0.1)
    let (x, y) = box.centre
    return [log(width / height), log(width * height) / 2, x, y].map(Float.init)
  }
}
