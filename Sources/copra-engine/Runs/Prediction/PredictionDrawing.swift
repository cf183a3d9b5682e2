import COCO
import Console
import Datasets
import Engine
import Files
import Images
import Torch

/// Draws what was found on pictures into a folder, a PNG file each.
struct PredictionDrawing {
  private let folder: String
  private let leastScore: Double
  private let categories: [Int: COCO.Category]
  private let colours: CategoryColours
  private let names: [String]

  /// Makes the folder.
  ///
  /// - Parameters:
  ///   - pictures: the paths of all that may be drawn.
  ///   - leastScore: of a box that is drawn.
  init(
    to folder: String, of pictures: [String], leastScore: Double, categories: [COCO.Category]
  ) throws {
    self.folder = folder
    self.leastScore = leastScore
    self.categories = Dictionary(categories.map { ($0.id, $0) }) { first, _ in first }
    colours = CategoryColours(categories)
    var names = DrawnNames(fileExtension: "png")
    self.names = pictures.map { names.path(for: Path.name(of: $0)) }
    try Folder.make(folder)
  }

  /// Draws the detections of one picture, each with its name and score.
  ///
  /// - Parameter index: the picture's place among all.
  func draw(_ records: [Detection], on sample: Sample, at index: Int) throws {
    let pixels = (sample.image.permuted([1, 2, 0]) * 255).round().to(.uint8).contiguous()
    var canvas = Canvas(
      Bitmap(width: sample.width, height: sample.height, channels: 3, pixels: pixels.scalars()))
    let objects = records.filter { $0.score >= leastScore }.map { record in
      DrawnObject(record, category: categories[record.categoryID], in: colours)
    }
    ObjectDrawing().draw(objects, on: &canvas)
    let path = Path.join(folder, names[index])
    try OutputFile.write(canvas.bitmap.png(), to: path)
    Terminal.message("wrote \(path)")
  }
}
