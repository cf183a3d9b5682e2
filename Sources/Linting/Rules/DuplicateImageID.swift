import COCO

/// See `summary`.
struct DuplicateImageID: DatasetRule {
  static let kind = FaultKind.duplicateImageID
  static let scope = RuleScope.ids
  static let fixability = Fixability.safe
  static let summary = "an image with the same id as another"
  static let explanation = """
    Annotations refer to their image by id. If two images share one, pycocotools keeps the second \
    and assigns every annotation to it. If both records describe the same image, the fix removes \
    the second and the annotations stay with the first. If they describe different images and no \
    annotation uses the id, the fix gives the second the next id above the highest in use. If \
    annotations use it, only a person can tell which image they belong to.
    """
  static let examples = [
    Example.flags(
      "an image listed twice",
      .example(.object(1, 2, 2, 9, 9), images: [.example(1), .example(1)]),
      fixed: .example(.object(1, 2, 2, 9, 9), images: [.example(1)])),
    Example.flags(
      "two images without annotations",
      .example(images: [.example(4, "a.jpg"), .example(4, "b.jpg")]),
      fixed: .example(images: [.example(4, "a.jpg"), .example(5, "b.jpg")])),
    Example.flags(
      "two images and an annotation that may belong to either",
      .example(.object(1, 2, 2, 9, 9), images: [.example(1, "a.jpg"), .example(1, "b.jpg")])),
    Example.allows(
      "distinct ids", .example(images: [.example(1, "a.jpg"), .example(9, "b.jpg")])),
  ]

  func check(_ set: DatasetView, into faults: inout Faults) {
    guard !set.imageIndex.repeated.isEmpty else { return }
    let images = set.dataset.images
    var ids = FreeIDs(besides: images.lazy.map(\.id))
    for index in set.imageIndex.repeated {
      guard let first = set.imageIndex.position(of: images[index].id) else { continue }
      let isEmpty = set.annotations(ofImage: first).isEmpty
      let fault = fault(of: images[index], besides: images[first], isEmpty: isEmpty, &ids)
      faults.add(fault, image: index, of: set)
    }
  }

  /// Returns the fault.
  ///
  /// - Parameter isEmpty: Whether no annotation has the id.
  private func fault(
    of image: Image, besides first: Image, isEmpty: Bool, _ ids: inout FreeIDs
  ) -> Fault {
    if image.isRecord(of: first) {
      return fault(
        "this image is already listed with the same id \(image.id)", .id,
        fix: Fix("remove the second record", isSafe: true, edits: [.remove]))
    }
    let message = "another image, \"\(first.fileName)\", also has the id \(image.id)"
    if isEmpty {
      let free = ids.take()
      return fault(
        message, .id, fix: Fix("give it the id \(free)", isSafe: true, edits: [.setID(free)]))
    }
    return fault("\(message); give each image an id of its own, and its annotations that id", .id)
  }
}

extension Image {
  /// Returns whether both records describe one image file.
  fileprivate func isRecord(of other: Image) -> Bool {
    fileName == other.fileName && width == other.width && height == other.height
  }
}
