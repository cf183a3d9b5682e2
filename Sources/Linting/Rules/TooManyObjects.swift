import COCO

/// See `summary`.
struct TooManyObjects: ImageRule {
  static let kind = FaultKind.tooManyObjects
  static let summary = "an image with more objects than detectors return"
  static let explanation = """
    The detectors of torchvision and detectron2 return at most 100 boxes per image, and the COCO \
    metric considers the best 100; the rest count as missed. Raise both limits, or cut the image \
    into tiles. Crowds are not counted.
    """
  static let examples = [
    Example.flags("101 crabs", .counted([101, 0], images: 1)),
    Example.allows("100 crabs", .counted([100, 0], images: 1)),
  ]

  var most = 100

  func check(_ view: ImageView, into faults: inout Faults) {
    guard view.annotations.count > most else { return }
    let count = view.annotations.count { view.set.dataset.annotations[Int($0)].isCrowd != 1 }
    guard count > most else { return }
    faults.add(
      fault("expected at most \(most) objects, found \(count)"), image: view.index, of: view.set)
  }
}
