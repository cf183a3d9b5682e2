public import Torch

extension Detector {
  /// Where the detector's weights are, and so its pictures and targets have to be; what it finds is
  /// there too.
  ///
  /// All parts are looked through for it: ask once, not for every batch.
  public var device: Device { state.first?.tensor.device ?? .cpu }
}

extension TrainingTarget {
  /// The target on a device; itself where it is there.
  public func to(_ device: Device) -> TrainingTarget {
    TrainingTarget(
      boxes: boxes.to(device), labels: labels.to(device), masks: masks?.to(device),
      keypoints: keypoints?.to(device))
  }
}
