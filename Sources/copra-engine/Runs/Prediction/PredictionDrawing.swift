import COCO
import Console
import Engine
import Files
import Images
import Torch

/// Draws what was found on pictures into a folder, a PNG file each.
struct PredictionDrawing {
  private let folder: String
  private let leastScore: Double
  private let categories: [COCO.Category]
  private let names: DrawnNames

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
    self.categories = categories
    names = DrawnNames(pictures)
    try Folder.make(folder)
  }

  /// Draws the detections of one picture, and says which colour is what.
  ///
  /// - Parameter index: the picture's place among all.
  func draw(_ records: [Detection], on sample: Sample, at index: Int) throws {
    let pixels = (sample.image.permuted([1, 2, 0]) * 255).round().to(.uint8).contiguous()
    var picture = Bitmap(
      width: sample.width, height: sample.height, channels: 3, pixels: pixels.scalars())
    var legend: [String] = []
    let thickness = max(min(sample.width, sample.height) / 200, 1)
    for record in records where record.score >= leastScore {
      guard let box = record.box, box.hasFiniteEdges else { continue }
      let columns = Int(box.x0)..<max(Int(box.x1.rounded(.up)), Int(box.x0) + 1)
      let rows = Int(box.y0)..<max(Int(box.y1.rounded(.up)), Int(box.y0) + 1)
      let colour = BoxColour(of: record.categoryID)
      picture.drawBox(columns: columns, rows: rows, colour: colour.colour, thickness: thickness)
      let category = categories.first { $0.id == record.categoryID }
      if let keypoints = record.keypoints {
        KeypointDrawing(of: category, count: keypoints.count / 3).draw(
          keypoints, on: &picture, colour: colour.colour, thickness: thickness)
      }
      let name = category?.name ?? "?"
      legend.append("\(colour.name) \(name) \((record.score * 100).brief(0)) %")
    }
    let path = Path.join(folder, names[index])
    try OutputFile.write(picture.png(), to: path)
    Terminal.message("wrote \(path)")
    if !legend.isEmpty { Terminal.message("  " + legend.joined(separator: ", ")) }
  }
}

/// Names for the drawn pictures, each of them once although pictures of several folders may share
/// one.
private struct DrawnNames {
  private let names: [String]

  init(_ paths: [String]) {
    var seen: [String: Int] = [:]
    names = paths.map { path in
      let stem = Path.withoutExtension(Path.name(of: path))
      seen[stem, default: 0] += 1
      let count = seen[stem] ?? 1
      return count == 1 ? "\(stem).png" : "\(stem)-\(count).png"
    }
  }

  subscript(index: Int) -> String { names[index] }
}

/// The colour in which boxes of a category are drawn.
private struct BoxColour {
  let name: String
  let colour: LabelImage.Colour

  /// Bright colours, of which neighbouring ids have unlike ones.
  private static let all = [
    BoxColour("red", 230, 25, 75), BoxColour("green", 60, 180, 75),
    BoxColour("yellow", 255, 225, 25), BoxColour("blue", 0, 130, 200),
    BoxColour("orange", 245, 130, 48), BoxColour("purple", 145, 30, 180),
    BoxColour("cyan", 70, 240, 240), BoxColour("magenta", 240, 50, 230),
    BoxColour("lime", 210, 245, 60),
  ]

  init(of category: Int) {
    self = Self.all[Int(category.magnitude % UInt(Self.all.count))]
  }

  private init(_ name: String, _ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.name = name
    colour = LabelImage.Colour(red: red, green: green, blue: blue)
  }
}
