import COCO

extension DetectionSamples {
  /// The number of keypoints that must be visible on an image for it to be trained on, unless a
  /// whole object has fewer; torchvision's reference has the same.
  public static let leastVisibleKeypoints = 10

  /// The number of keypoints that must be visible on an image for it to be trained on.
  public var leastVisibleKeypoints: Int {
    min(Self.leastVisibleKeypoints, keypoints?.count ?? 0)
  }

  /// The samples from which a detector of keypoints can learn enough; all samples for any other
  /// detector.
  ///
  /// torchvision's reference leaves out the same images in training, and none in evaluation.
  public var withVisibleKeypoints: DetectionSamples {
    let least = leastVisibleKeypoints
    guard least > 0 else { return self }
    let positions = (0..<count).filter { position in
      annotations(at: position).reduce(0) { $0 + $1.visibleKeypoints } >= least
    }
    return positions.count == count ? self : subset(positions)
  }
}

extension Annotation {
  /// The number of keypoints whose visibility is above 0.
  fileprivate var visibleKeypoints: Int {
    let keypoints = keypoints ?? []
    return stride(from: 2, to: keypoints.count, by: 3).count { keypoints[$0] > 0 }
  }
}
