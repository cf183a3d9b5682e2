import COCO

extension DetectionSamples {
  /// The keypoints that have to be visible on a picture for it to be trained on, unless a whole
  /// object has fewer: those of torchvision's reference.
  public static let leastVisibleKeypoints = 10

  /// How many keypoints have to be visible on a picture for it to be trained on.
  public var leastVisibleKeypoints: Int {
    min(Self.leastVisibleKeypoints, keypoints?.count ?? 0)
  }

  /// Those samples of a detector of keypoints that there is enough to learn of; all samples of any
  /// other detector.
  ///
  /// torchvision's reference leaves the same pictures out in training, and none in evaluation.
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
