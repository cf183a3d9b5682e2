public import COCO

/// The requirements of a detector on a target: everything that torchvision raises an error for, and
/// everything that it accepts and learns wrongly from.
public struct TargetContract: Sendable, Equatable {
  /// The number of the model's classes, the background included.
  public var numClasses: Int
  /// Whether the model learns masks.
  public var needsMasks: Bool
  /// The number of keypoints of each object that the model learns; nil if it learns none.
  public var numKeypoints: Int?
  /// The size that the model gives an image; nil if it is not known.
  public var input: InputSize?
  /// The shortest accepted side of an image in pixels.
  public var leastSide = 2

  /// Creates the requirements of a model.
  public init(
    numClasses: Int, needsMasks: Bool = false, numKeypoints: Int? = nil, input: InputSize? = nil
  ) {
    self.numClasses = numClasses
    self.needsMasks = needsMasks
    self.numKeypoints = numKeypoints
    self.input = input
  }

  /// Returns the findings about a target of an image of this size in pixels.
  public func findings(
    of target: Target, width: Int, height: Int, at place: TargetPlace = TargetPlace()
  ) -> [Finding] {
    pictureFindings(width: width, height: height, at: place)
      + countFindings(of: target, at: place)
      + boxFindings(target.boxes, target.labels, width: width, height: height, at: place)
      + labelFindings(target.labels, at: place)
      + maskFindings(target, width: width, height: height, at: place)
  }

  func pictureFindings(width: Int, height: Int, at place: TargetPlace) -> [Finding] {
    guard min(width, height) < leastSide else { return [] }
    return [
      place.finding(
        .tinyImage,
        "expected an image of at least \(leastSide) pixels a side, found \(width)×\(height)")
    ]
  }

  private func countFindings(of target: Target, at place: TargetPlace) -> [Finding] {
    guard target.boxes.count.isMultiple(of: 4) else {
      return [
        place.finding(
          .wrongShape,
          "expected 4 numbers a box, found \(target.boxes.count) numbers")
      ]
    }
    let boxes = target.boxes.count / 4
    let lists = [
      ("label", target.labels.count), ("area", target.area.count),
      ("crowd flag", target.isCrowd.count), ("mask", target.masks?.count ?? boxes),
    ]
    return lists.compactMap { countFinding($0.0, $0.1, boxes: boxes, at: place) }
  }

  func countFinding(
    _ name: String, _ count: Int, boxes: Int, at place: TargetPlace
  ) -> Finding? {
    guard count != boxes else { return nil }
    let article = name == "area" ? "an" : "a"
    return place.finding(
      .countMismatch,
      "expected \(article) \(name) for each of \(boxes) boxes, found \(count)")
  }

  func boxFindings(
    _ boxes: [Float], _ labels: [Int64], width: Int, height: Int, at place: TargetPlace
  ) -> [Finding] {
    guard boxes.count.isMultiple(of: 4) else { return [] }
    let contract = BoxContract(width: width, height: height, input: input)
    var firsts: [LabelledBox: Int] = [:]
    return (0..<(boxes.count / 4)).compactMap { index in
      let corners = Array(boxes[(index * 4)..<(index * 4 + 4)])
      if let fault = contract.fault(corners[0], corners[1], corners[2], corners[3]) {
        return place.finding(fault, object: index)
      }
      let object = LabelledBox(
        corners: corners, label: index < labels.count ? labels[index] : nil)
      if let first = firsts[object] {
        let fault = Fault(
          .duplicateBox, "the same box and label as box \(first) of the image", .box)
        return place.finding(fault, object: index)
      }
      firsts[object] = index
      return nil
    }
  }

  func labelFindings(_ labels: [Int64], at place: TargetPlace) -> [Finding] {
    labels.enumerated().compactMap { index, label in
      guard label < 1 || label >= Int64(numClasses) else { return nil }
      let consequence =
        switch label {
        case 0: "0 is the background, and the object is learnt as background"
        case ..<0: "Faster R-CNN ignores the object, RetinaNet uses it as the last class"
        default: "the model has no such class"
        }
      let fault = Fault(
        .labelOutOfRange,
        "expected a label from 1 to \(numClasses - 1), found \(label): \(consequence)",
        .categoryID)
      return place.finding(fault, object: index)
    }
  }

  private func maskFindings(
    _ target: Target, width: Int, height: Int, at place: TargetPlace
  ) -> [Finding] {
    guard let masks = target.masks else {
      guard needsMasks, target.count > 0 else { return [] }
      return [
        place.finding(
          .emptySegmentation, severity: .error,
          "expected a mask for each of \(target.count) boxes, found none")
      ]
    }
    return masks.enumerated().compactMap { index, mask in
      maskFault(mask, width: width, height: height).map {
        place.finding($0, object: index)
      }
    }
  }

  /// Returns the fault of a mask on an image of this size in pixels. An empty mask teaches nothing,
  /// but breaks nothing.
  func maskFault(_ mask: RunLengthMask, width: Int, height: Int) -> Fault? {
    mask.sizeFault(width: width, height: height) ?? mask.runsFault
      ?? mask.emptyFault
  }
}

/// An object, to find those that occur twice.
private struct LabelledBox: Hashable {
  let corners: [Float]
  let label: Int64?
}
