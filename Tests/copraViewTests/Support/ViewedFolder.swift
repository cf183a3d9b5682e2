import Foundation
import TestSupport

extension TemporaryFolder {
  /// A COCO file of pictures of 8 × 6 pixels with these names, and a box of category 1 on each.
  func writeSet(_ names: [String], as file: String = "set.json") throws {
    let images = names.enumerated().map { index, name in
      ["id": index + 1, "file_name": name, "width": 8, "height": 6] as [String: Any]
    }
    let annotations = names.indices.map { index in
      [
        "id": index + 1, "image_id": index + 1, "category_id": 1, "bbox": [1, 1, 4, 3], "area": 12,
        "iscrowd": 0,
      ] as [String: Any]
    }
    let set: [String: Any] = [
      "images": images, "annotations": annotations, "categories": [["id": 1, "name": "cat"]],
    ]
    try write(Array(JSONSerialization.data(withJSONObject: set)), to: file)
  }

  /// A picture of 8 × 6 grey pixels, as netpbm has it.
  func writePicture(_ name: String) throws {
    try write(Array("P5 8 6 255\n".utf8) + [UInt8](repeating: 99, count: 48), to: name)
  }
}
