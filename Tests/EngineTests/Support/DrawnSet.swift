import COCO
import Engine
import Files
import Images
import TestSupport

/// A folder of drawn pictures with their dataset, which goes when it is not needed any more.
final class DrawnSet {
  private let files: TemporaryFolder
  private(set) var dataset = Dataset()

  init(categories: [String] = ["square", "bar"]) throws {
    files = try TemporaryFolder()
    dataset.categories = categories.enumerated().map {
      Category(id: $0.offset + 1, name: $0.element)
    }
  }

  var folder: String { files.path }
  var samples: DetectionSamples { DetectionSamples(dataset, folder: folder) }
  var maskedSamples: DetectionSamples { DetectionSamples(dataset, folder: folder, hasMasks: true) }

  func path(_ name: String) -> String { files.path(name) }

  typealias Object = (category: Int, box: Box)

  /// Adds a dark picture with a bright box for each object, in a colour of its category.
  ///
  /// - Parameter annotated: what the annotations say, where that is not what is drawn.
  func add(
    width: Int = 32, height: Int = 32, _ objects: [Object], annotated: [Object]? = nil
  ) throws {
    let id = dataset.images.count + 1
    var pixels = [UInt8](repeating: 20, count: width * height * 3)
    for (category, box) in objects where box.hasFiniteEdges {
      for y in stride(from: max(0, Int(box.y0)), to: min(height, Int(box.y1)), by: 1) {
        for x in stride(from: max(0, Int(box.x0)), to: min(width, Int(box.x1)), by: 1) {
          pixels[(y * width + x) * 3 + category % 3] = 240
        }
      }
    }
    let name = "picture\(id).png"
    let picture = Bitmap(width: width, height: height, channels: 3, pixels: pixels)
    try files.write(picture.png(), to: name)
    addImage(name, width: width, height: height)
    for (category, box) in annotated ?? objects { addAnnotation(category, box) }
  }

  /// Adds a record of a picture, whether it is there or not.
  func addImage(_ name: String, width: Int, height: Int) {
    let id = dataset.images.count + 1
    dataset.images.append(
      Image(
        id: id, fileName: name, width: width, height: height,
        origin: Origin(file: 0, offset: id * 1000)))
  }

  /// Adds an object to the last picture; its origin is 1000 times the picture's id and its number.
  func addAnnotation(
    _ category: Int?, _ box: Box?, isCrowd: Int = 0, segmentation: Segmentation? = nil,
    keypoints: [Double]? = nil
  ) {
    let image = dataset.images.count
    let number = dataset.annotations.count { $0.imageID == image } + 1
    dataset.annotations.append(
      Annotation(
        id: dataset.annotations.count + 1, imageID: image, categoryID: category, box: box,
        isCrowd: isCrowd, area: box?.area, segmentation: segmentation, keypoints: keypoints,
        origin: Origin(file: 0, offset: image * 1000 + number)))
  }
}

extension Box {
  /// A box from its corners, briefly.
  static func at(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double) -> Box {
    Box(x0: x0, y0: y0, x1: x1, y1: y1)
  }
}
