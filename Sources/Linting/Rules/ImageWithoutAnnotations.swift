import COCO

/// See `summary`.
struct ImageWithoutAnnotations: ImageRule {
  static let kind = FaultKind.imageWithoutAnnotations
  static let summary = "an image without annotations"
  static let explanation = """
    Background images teach a detector where there are no objects and are welcome if they really \
    contain none. They may also be images that nobody has annotated yet. torchvision's reference \
    leaves them out of training, and so does detectron2 by default.
    """
  static let examples = [
    Example.flags(
      "an empty beach",
      .example(.object(1, 2, 2, 9, 9), images: [.example(1), .example(2, "empty.jpg")])),
    Example.allows("an image with a crab", .example(.object(1, 2, 2, 9, 9))),
  ]

  func check(_ view: ImageView, into faults: inout Faults) {
    // Annotations of an id that two images share stand with the first.
    guard view.annotations.isEmpty,
      view.set.imageIndex.position(of: view.image.id) == view.index
    else { return }
    faults.add(
      fault("\"\(view.image.fileName)\" has no annotations"), image: view.index, of: view.set)
  }
}
