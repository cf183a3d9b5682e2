public import COCO
public import Torch

extension TargetContract {
  /// Returns the findings about images and targets in tensors, as a model receives them.
  ///
  /// - Parameters:
  ///   - images: The images, each float [3, H, W].
  ///   - targets: The targets, one for each image.
  ///   - places: The origin of each target; without them messages count from 0.
  public func findings(
    images: [Tensor], targets: [TargetTensors], places: [TargetPlace] = []
  ) -> [Finding] {
    var findings: [Finding] = []
    if images.count != targets.count {
      findings.append(
        Finding(
          .countMismatch,
          "expected a target for each of \(images.count) images, found \(targets.count)"))
    }
    for (index, image) in images.enumerated() {
      let place = index < places.count ? places[index] : TargetPlace(name: "target \(index)")
      let shapeFaults = shapeFindings(of: image, at: place)
      findings += shapeFaults.isEmpty ? valueFindings(of: image, at: place) : shapeFaults
      guard index < targets.count, image.rank >= 2 else { continue }
      findings += self.findings(
        of: targets[index], width: image.size(-1), height: image.size(-2), at: place)
    }
    return findings
  }

  private func shapeFindings(of image: Tensor, at place: TargetPlace) -> [Finding] {
    var findings: [Finding] = []
    if image.rank != 3 {
      findings.append(
        place.finding(
          .wrongShape, "expected an image [3, H, W], found \(image.shape)"))
    } else if image.size(0) == 1 {
      findings.append(
        place.finding(
          .unexpectedChannels,
          "expected 3 channels, found 1, which is used for all three"))
    } else if image.size(0) != 3 {
      findings.append(
        place.finding(
          .wrongShape, "expected an image of 3 channels, found \(image.size(0))"))
    }
    if !image.dtype.isFloatingPoint {
      findings.append(
        place.finding(
          .wrongDtype,
          "expected an image of float32 from 0 to 1, found \(image.dtype)"))
    }
    return findings
  }

  private func valueFindings(of image: Tensor, at place: TargetPlace) -> [Finding] {
    var findings = pictureFindings(width: image.size(-1), height: image.size(-2), at: place)
    guard !image.isEmpty else { return findings }
    let least = image.amin().item()
    let most = image.amax().item()
    if !least.isFinite || !most.isFinite {
      findings.append(
        place.finding(
          .nonFiniteImage,
          "expected finite samples, found NaN or infinity: the loss becomes NaN"))
    } else if least < -0.001 || most > 1.001 {
      findings.append(
        place.finding(
          .imageOutOfRange,
          "expected samples from 0 to 1, which the model normalises itself, found "
            + "\(Float(least).shortest) to \(Float(most).shortest)"))
    }
    return findings
  }

  private func findings(
    of target: TargetTensors, width: Int, height: Int, at place: TargetPlace
  ) -> [Finding] {
    guard target.boxes.rank == 2, target.boxes.size(1) == 4 else {
      return [
        place.finding(
          .wrongShape,
          "expected boxes [N, 4], also where N is 0, found \(target.boxes.shape)")
      ]
    }
    guard target.boxes.dtype.isFloatingPoint else {
      return [
        place.finding(
          .wrongDtype, "expected boxes of float32, found \(target.boxes.dtype)")
      ]
    }
    let count = target.boxes.size(0)
    var findings: [Finding] = []
    var labels: [Int64] = []
    if target.labels.dtype == .int64 {
      labels = target.labels.scalars()
      findings += [countFinding("label", labels.count, boxes: count, at: place)].compactMap { $0 }
    } else {
      findings.append(
        place.finding(
          .wrongDtype, "expected labels of int64, found \(target.labels.dtype)"))
    }
    findings += boxFindings(
      target.boxes.to(.float32).scalars(), labels, width: width, height: height, at: place)
    findings += labelFindings(labels, at: place)
    return findings
      + maskFindings(target.masks, boxes: count, width: width, height: height, at: place)
      + keypointFindings(target.keypoints, boxes: count, width: width, height: height, at: place)
  }

  private func maskFindings(
    _ masks: Tensor?, boxes: Int, width: Int, height: Int, at place: TargetPlace
  ) -> [Finding] {
    guard let masks else {
      guard needsMasks else { return [] }
      return [
        place.finding(.emptySegmentation, severity: .error, "expected masks [N, H, W], found none")
      ]
    }
    guard masks.rank == 3, masks.size(1) == height, masks.size(2) == width else {
      return [
        place.finding(
          .rleSizeMismatch,
          "expected masks [\(boxes), \(height), \(width)], found \(masks.shape)")
      ]
    }
    let count = [countFinding("mask", masks.size(0), boxes: boxes, at: place)].compactMap { $0 }
    guard !masks.isEmpty else { return count }
    let most = masks.to(.float32).amax(dims: [1, 2]).scalars(as: Float.self)
    return count
      + most.enumerated().compactMap { index, value in
        let fault: Fault? =
          if value == 0 {
            Fault.emptyMask
          } else if value != 1 {
            Fault(
              .nonBinaryMask,
              "expected a mask of 0 and 1, found up to \(value.shortest)"
                + ": its loss is that many times too large", .segmentation)
          } else {
            nil
          }
        return fault.map { place.finding($0, object: index) }
      }
  }
}
