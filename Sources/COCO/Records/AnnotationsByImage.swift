/// The annotations of each image of a dataset, in their order. Those of no image are left out.
public struct AnnotationsByImage: Sendable {
  /// The indices of annotations, one image's after the other's.
  private let annotations: [Int32]
  /// The start of each image's annotations in `annotations`, and the end of the last.
  private let starts: [Int32]

  /// Groups annotations by image.
  ///
  /// - Parameters:
  ///   - annotations: The annotations to group.
  ///   - images: The index of the images' ids.
  ///   - imageCount: The number of images.
  ///   - counts: The number of annotations of each image, if they have been counted.
  public init(
    _ annotations: [Annotation], of images: IDIndex, imageCount: Int, counts: [Int32]? = nil
  ) {
    // Owners are looked up twice: kept in between they would be megabytes that nobody needs again.
    func forEachOwner(_ body: (_ image: Int, _ annotation: Int) -> Void) {
      annotations.withUnsafeBufferPointer { annotations in
        for index in annotations.indices {
          guard let image = images.position(of: annotations[index].imageID) else { continue }
          body(image, index)
        }
      }
    }
    var starts = [Int32](repeating: 0, count: imageCount + 1)
    if let counts {
      for (image, count) in counts.enumerated() { starts[image + 1] = count }
    } else {
      forEachOwner { image, _ in starts[image + 1] += 1 }
    }
    for image in 0..<imageCount { starts[image + 1] += starts[image] }
    var next = starts
    var grouped = [Int32](repeating: 0, count: Int(starts[imageCount]))
    forEachOwner { image, annotation in
      grouped[Int(next[image])] = Int32(annotation)
      next[image] += 1
    }
    self.starts = starts
    self.annotations = grouped
  }

  /// Returns the indices of the annotations of the image at a position.
  public subscript(position: Int) -> ArraySlice<Int32> {
    annotations[Int(starts[position])..<Int(starts[position + 1])]
  }
}
