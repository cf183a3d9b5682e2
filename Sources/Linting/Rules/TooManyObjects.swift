import COCO

/// See `summary`.
struct TooManyObjects: ImageRule {
  static let kind = FaultKind.tooManyObjects
  static let summary = "an image with more objects than detectors give back"
  static let explanation = """
    torchvision's and detectron2's detectors give at most 100 boxes a picture, and the COCO metric \
    looks at the best 100; the rest counts as missed. Raise both limits or cut the picture into \
    tiles. Crowds do not count.
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
