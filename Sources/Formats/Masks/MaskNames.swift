import COCO

/// The role of a folder's images by its name.
enum FolderRole: Sendable {
  case pictures
  case masks
  /// Masks whose values are classes.
  case classes
  /// Images that are none of these: drawings.
  case other

  private static let pictureNames: Set<String> = [
    "images", "image", "imgs", "img", "pictures", "photos", "jpegimages", "pngimages",
    "leftimg8bit",
  ]
  private static let maskNames: Set<String> = [
    "instances", "instance", "segmentationobject", "segmentationobjectpng", "labels", "label",
    "annotations", "annotation",
    "gt", "groundtruth", "ground_truth", "gtfine", "gtcoarse",
  ]
  private static let classNames: Set<String> = [
    "segmentationclass", "segmentationclasspng", "segmentationclassaug", "semantic",
  ]
  private static let otherNames: Set<String> = [
    "trimaps", "visualizations", "preview", "segmentationclassvisualization",
    "segmentationobjectvisualization",
  ]

  /// Creates the role that a name shows; nil if it shows none.
  init?(_ name: some StringProtocol) {
    let name = name.lowercased()
    if Self.pictureNames.contains(name) {
      self = .pictures
    } else if Self.classNames.contains(name) {
      self = .classes
    } else if Self.otherNames.contains(name) {
      self = .other
    } else if name.hasSuffix("masks") || name.hasSuffix("mask") || Self.maskNames.contains(name) {
      self = .masks
    } else {
      return nil
    }
  }
}

/// The suffixes that are added to an image's stem to name its mask.
enum MaskSuffix {
  /// The suffixes of masks, the longest first.
  private static let ofMasks = [
    "_gtcoarse_instanceids", "_gtfine_instanceids", "_instance_masks", "_instance_mask",
    "_segmentation", "_instanceids", "_instances", "_instance", "_labels", "_masks", "-masks",
    "_label", "-label", "_mask", "-mask", ".mask", "_inst", "_seg", "_gt",
  ]
  private static let ofPictures = ["_leftimg8bit", "_image", "-image", "_img", "_rgb"]
  /// The suffixes of Cityscapes' files beside those of instances.
  private static let ofOthers = [
    "_gtfine_color", "_gtfine_labelids", "_gtfine_labeltrainids", "_gtfine_instancetrainids",
    "_gtcoarse_color", "_gtcoarse_labelids", "_gtcoarse_labeltrainids",
    "_gtcoarse_instancetrainids",
  ]

  /// Returns the stem without the suffix of a mask; nil if it has none.
  static func removed(from stem: String) -> String? {
    without(ofMasks, stem)
  }

  /// Returns the stem without the suffix of an image; nil if it has none.
  static func removedFromPicture(_ stem: String) -> String? {
    without(ofPictures, stem)
  }

  /// Returns whether the stem names something that lies beside masks of instances and is none.
  static func isOfAnotherKind(_ stem: String) -> Bool {
    without(ofOthers, stem) != nil
  }

  /// Returns whether values below 1000 are classes of regions that are no objects: Cityscapes' way.
  static func isCityscapes(_ stem: String) -> Bool {
    without(["_gtcoarse_instanceids", "_gtfine_instanceids"], stem) != nil
  }

  private static func without(_ suffixes: [String], _ stem: String) -> String? {
    // Most names end in a digit and no suffix does.
    guard let last = stem.utf8.last, last | 0x20 >= UInt8(ascii: "a"), last < 0x80 else {
      return nil
    }
    let lowercase = stem.lowercased()
    guard let suffix = suffixes.first(where: { lowercase.hasSuffix($0) }) else { return nil }
    let rest = String(stem.dropLast(suffix.count))
    return rest.isEmpty ? nil : rest
  }
}
