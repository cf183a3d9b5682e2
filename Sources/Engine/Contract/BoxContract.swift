import COCO

/// The requirements of a detector on one box, and what it would silently learn from a faulty one.
///
/// The conditions are those of torchvision's `GeneralizedRCNN.forward` and `RoIHeads`, and those
/// that torchvision lacks.
struct BoxContract {
  /// The width of the image in pixels.
  let width: Int
  let height: Int
  let input: InputSize?

  /// Returns the gravest fault of the box x0 y0 x1 y1, so that one mistake is reported once.
  ///
  /// Boxes that reach past the edge are let pass: torchvision's detectors learn them as they are.
  func fault(_ x0: Float, _ y0: Float, _ x1: Float, _ y1: Float) -> Fault? {
    let box = Box(x0: Double(x0), y0: Double(y0), x1: Double(x1), y1: Double(y1))
    // Most boxes have no fault that would be put into words.
    var text: String { [x0, y0, x1, y1].map { $0.shortest }.joined(separator: " ") }
    let (width, height) = (Double(width), Double(height))
    let condition = BoxCondition(box, width: width, height: height)
    if condition.isUsable { return scaleFault(x0, y0, x1, y1, text) }
    return condition.fault(of: box, width: width, height: height, corners: text)
  }

  /// Returns the fault of a box that is too small for the image or for the model.
  private func scaleFault(
    _ x0: Float, _ y0: Float, _ x1: Float, _ y1: Float, _ text: @autoclosure () -> String
  ) -> Fault? {
    let box = Box(x0: Double(x0), y0: Double(y0), x1: Double(x1), y1: Double(y1))
    if box.isNormalised(width: width, height: height) {
      return Fault(
        .normalisedBox,
        "expected pixels, found \(text()) on an image of \(width)×\(height)"
          + ": are these fractions of its size?", .box)
    }
    let fault = input.flatMap { resizedFault(x0, y0, x1, y1, text(), $0) }
    if min(x1 - x0, y1 - y0) < 1, fault?.severity != .error {
      return Fault(
        .tinyBox,
        "the box \(text()) has a side under 1 pixel, which a model cannot see", .box)
    }
    return fault
  }

  /// Returns the fault that the box has only at the model's size.
  private func resizedFault(
    _ x0: Float, _ y0: Float, _ x1: Float, _ y1: Float, _ text: @autoclosure () -> String,
    _ input: InputSize
  ) -> Fault? {
    let size = input.resized(width: width, height: height)
    // The ratios and the corners are float32 in torchvision.
    let xRatio = Float(size.width) / Float(width)
    let yRatio = Float(size.height) / Float(height)
    let side = min(x1 * xRatio - x0 * xRatio, y1 * yRatio - y0 * yRatio)
    if side <= 0 {
      return Fault(
        .degenerateForModel,
        "the corners \(text()) fall together at the model's size of \(size.width)×\(size.height)",
        .box)
    }
    guard side < 1 else { return nil }
    return Fault(
      .vanishesWhenResized,
      "the box \(text()) has a side of \(side.shortest) pixels at the model's size of "
        + "\(size.width)×\(size.height)", .box)
  }
}

extension Box {
  /// Returns whether the box lies in the first pixel of a larger image, as a box in parts of the
  /// image's size does.
  func isNormalised(width: Int, height: Int) -> Bool {
    x0 >= 0 && y0 >= 0 && x1 <= 1 && y1 <= 1 && width > 1 && height > 1
  }
}
