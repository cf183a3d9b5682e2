public import Torch

extension Detector {
  /// The device of the detector's weights, on which images and targets have to be and on which
  /// detections are returned.
  ///
  /// The property reads the whole state to find it: read it once, not for every batch.
  public var device: Device { state.first?.tensor.device ?? .cpu }
}

extension TrainingTarget {
  /// Returns the target on a device, or the target itself if it is already there.
  public func to(_ device: Device) -> TrainingTarget {
    TrainingTarget(
      boxes: boxes.to(device), labels: labels.to(device), masks: masks?.to(device),
      keypoints: keypoints?.to(device))
  }
}
