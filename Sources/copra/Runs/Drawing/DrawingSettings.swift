import Datasets
import Files
import Images

/// What `copra draw` draws, and how.
struct DrawingSettings {
  /// What is shown on the pictures.
  enum Subject {
    case objects
    /// What the rules find wrong; pictures without a finding are left out.
    case findings(DatasetLinter)
    case comparison(ComparisonSettings)
  }

  var inputs: [String]
  var reader: DatasetReader
  var subject = Subject.objects
  /// A folder.
  var output: String
  var format = PictureFormat.jpeg
  /// Nil where each picture has a file of its own.
  var sheet: SheetShape?
  /// The width of a picture on a sheet, pixels.
  var sheetSide: Int { mostSide ?? 320 }
  var choice = PictureChoice()
  /// The most pixels of a picture's longer side; nil for all that there are.
  var mostSide: Int?
  var showsLabels = true
  /// Whether files that exist are replaced.
  var replaces = false
}

/// Results that are drawn beside the truth.
struct ComparisonSettings {
  /// A JSON list of detections.
  var results: String
  /// The overlap from which on a box is found.
  var iou: Double
  /// Detections of a lower score are left out.
  var leastScore: Double
}

/// Which pictures are drawn.
struct PictureChoice {
  /// File names, with or without folders and endings; empty for all.
  var names: [String] = []
  /// The most pictures; nil for all.
  var limit: Int?

  /// Whether a picture's file name is one of those asked for.
  func allows(_ fileName: String) -> Bool {
    names.isEmpty
      || names.contains { name in
        [fileName, Path.name(of: fileName), Path.stem(of: fileName)].contains(name)
      }
  }
}

/// How many pictures stand on a contact sheet.
struct SheetShape {
  var columns: Int
  var rows: Int

  var count: Int { columns * rows }
}

/// A format that pictures are written in.
enum PictureFormat: String, CaseIterable {
  case jpeg, png

  var fileExtension: String {
    switch self {
    case .jpeg: "jpg"
    case .png: "png"
    }
  }

  func bytes(of picture: Bitmap) throws(ImageError) -> [UInt8] {
    switch self {
    case .jpeg: try picture.jpeg(quality: 90)
    case .png: try picture.png()
    }
  }
}
