public import Torch

/// Files from before torchvision's second generation of detectors, the published ones among them,
/// have fewer layers around some convolutions.
extension GeneralizedRCNN: RenamedState {
  /// Returns the current key of a tensor with an older one.
  public static func currentKey(for key: String) -> String { currentDetectorKey(for: key) }
}

extension RetinaNet: RenamedState {
  /// Returns the current key of a tensor with an older one.
  public static func currentKey(for key: String) -> String { currentDetectorKey(for: key) }
}

/// Only the pyramid of an FCOS has older keys; the towers of its heads are unchanged.
extension FCOS: RenamedState {
  /// Returns the current key of a tensor with an older one.
  public static func currentKey(for key: String) -> String {
    key.contains(".fpn.") ? currentDetectorKey(for: key) : key
  }
}

private func currentDetectorKey(for key: String) -> String {
  let names = key.split(separator: ".").map(String.init)
  guard let kind = names.last, ["weight", "bias"].contains(kind),
    let layer = currentLayer(of: Array(names.dropLast()))
  else { return key }
  return (layer + [kind]).joined(separator: ".")
}

/// Returns the current key of a convolution; nil if it has not moved.
private func currentLayer(of names: [String]) -> [String]? {
  guard let last = names.last else { return nil }
  let outer = Array(names.dropLast())
  if names == ["rpn", "head", "conv"] { return names + ["0", "0"] }
  if let index = Int(last) {
    if ["inner_blocks", "layer_blocks"].contains(outer.last), outer.dropLast().last == "fpn" {
      return names + ["0"]
    }
    // Every second layer was a ReLU.
    if outer.count == 3, outer.first == "head", outer.last == "conv", index % 2 == 0 {
      return outer + ["\(index / 2)", "0"]
    }
  }
  if outer.last == "mask_head", last.hasPrefix("mask_fcn"), let number = Int(last.dropFirst(8)) {
    return outer + ["\(number - 1)", "0"]
  }
  return nil
}
