import Foundation
import TestSupport

/// A small dataset in COCO's format: pictures of 83 × 31 pixels in `d`.
struct TinySet {
  /// What stands in `bbox`, of the category 3, on the pictures in their turn.
  var boxes = ["[4, 4, 20, 16]", "[30, 6, 24, 20]", "[50, 2, 20, 24]", "[10, 8, 40, 14]"]
  var pictures = 4
  /// More annotations, each with a comma before it.
  var more = ""
  /// More images likewise.
  var moreImages = ""

  func workspace() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try add(to: folder, in: "d")
    return folder
  }

  /// Adds the pictures and the annotations in `name`, and `model.yaml` beside it.
  func add(to folder: TemporaryFolder, in name: String) throws {
    try folder.write(TinyDetector.fasterRCNN, to: TinyDetector.file)
    for index in 0..<pictures {
      try folder.copy(
        Engine.fixture("DetectionModelsTests/Fixtures/classification/wide.png"),
        to: "\(name)/p\(index).png")
    }
    let images = (0..<pictures).map {
      #"{"id": \#($0 + 7), "file_name": "p\#($0).png", "width": 83, "height": 31}"#
    }
    let annotations = (0..<(boxes.isEmpty ? 0 : pictures)).map {
      Self.annotation(id: $0 + 1, image: $0 + 7, box: boxes[$0 % boxes.count])
    }
    try folder.write(
      """
      {"images": [\(images.joined(separator: ",\n"))\(moreImages)],
       "categories": [{"id": 3, "name": "cat"}, {"id": 8, "name": "dog"}],
       "annotations": [
      \(annotations.joined(separator: ",\n"))\(more)]}
      """, to: "\(name)/instances.json")
  }

  static func annotation(id: Int, image: Int, category: Int = 3, box: String) -> String {
    #"{"id": \#(id), "image_id": \#(image), "category_id": \#(category), "bbox": \#(box), "#
      + #""area": 320, "iscrowd": 0}"#
  }
}

/// Small detectors, for tests in which any detector does.
enum TinyDetector {
  static let file = "model.yaml"
  static let fasterRCNN = text(of: "fasterrcnn")
  static let maskRCNN = text(of: "maskrcnn")
  static let keypointRCNN = text(of: "keypointrcnn") + "keypoint_head: {layers: [16]}\n"

  private static func text(of architecture: String) -> String {
    """
    architecture: \(architecture)
    backbone: {name: mobilenet_v3_small, norm: group, out_channels: 16}
    box_head: {representation_size: 32}

    """
  }
}
