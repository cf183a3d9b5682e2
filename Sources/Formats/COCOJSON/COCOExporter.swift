import COCO
import Files

/// An exporter of COCO JSON: `instances_SPLIT.json` for each split, `instances.json` if there are
/// none, or the files of another layout.
struct COCOExporter: Exporter {

  private let options: ExportOptions

  init(_ options: ExportOptions) {
    self.options = options
  }

  func export(_ datasets: [Dataset]) -> Exported {
    var exported = Exported()
    var losses = LossCounts()
    var boxes = 0
    let places = COCOPlace.places(of: datasets, as: options.cocoFiles)
    for (index, (dataset, place)) in zip(datasets, places).enumerated() {
      var dataset = dataset
      boxes += outline(&dataset, losses: &losses)
      if options.placesPictures {
        exported.pictures += PictureNames.settle(
          in: &dataset, at: index, below: place.folder, losses: &losses)
      }
      exported.files.append(ExportedFile(path: place.file, contents: .coco(dataset)))
    }
    exported.losses = losses.list
    if boxes > 0 {
      exported.notes.append(
        boxes == 1
          ? "1 annotation without an outline has its box as one"
          : "\(boxes) annotations without outlines have their boxes as outlines")
    }
    return exported
  }

  /// Gives annotations the outlines that the user requests. Returns the number that got their box
  /// as outline.
  private func outline(_ dataset: inout Dataset, losses: inout LossCounts) -> Int {
    if options.outlines == .keep, options.runs == nil { return 0 }
    var boxes = 0
    for index in dataset.annotations.indices {
      let outline = dataset.annotations[index].segmentation
      switch options.outlines {
      case .keep: break
      case .box where outline.isEmpty:
        guard let box = dataset.annotations[index].box, box.hasFiniteEdges else { break }
        dataset.annotations[index].segmentation = .polygons(Polygons([box.ring]))
        boxes += 1
        continue
      case .box: break
      case .none where outline != nil:
        dataset.annotations[index].segmentation = nil
        if !outline.isEmpty { losses.add(.outlines) }
        continue
      case .none: continue
      }
      switch (outline, options.runs) {
      case (.runLengths(let mask)?, .compressed?):
        dataset.annotations[index].segmentation = .compressedRunLengths(mask)
      case (.compressedRunLengths(let mask)?, .lists?):
        dataset.annotations[index].segmentation = .runLengths(mask)
      default: break
      }
    }
    return boxes
  }
}

extension Segmentation? {
  /// Whether there is no ring of three corners, and no run either.
  fileprivate var isEmpty: Bool {
    switch self {
    case nil: return true
    case .polygons(let polygons)?:
      var hasRing = false
      polygons.forEachRing { hasRing = hasRing || $0.count >= 6 }
      return !hasRing
    case .runLengths(let mask)?, .compressedRunLengths(let mask)?: return mask.counts.isEmpty
    }
  }
}

extension Box {
  /// The four corners, from the upper left one clockwise.
  fileprivate var ring: [Double] {
    let (x1, y1) = (writtenX1, writtenY1)
    return [x0, y0, x1, y0, x1, y1, x0, y1]
  }
}

/// The path of a split's file, and the folder that its names are relative to.
struct COCOPlace: Equatable {
  var file: String
  var folder: String

  static func places(
    of datasets: [Dataset], as files: ExportOptions.COCOFiles
  ) -> [COCOPlace] {
    var taken: Set<String> = []
    return datasets.map { dataset in
      // Captions have no boxes, and a file of nothing else is called so.
      let task = dataset.holdsCaptionsAlone ? "captions" : "instances"
      switch files {
      case .beside:
        let split = LabelPath.inside(dataset.split ?? "")
        let word = split.split(separator: "/").joined(separator: "_")
        let name = word.isEmpty ? "\(task).json" : "\(task)_\(word).json"
        return COCOPlace(file: name, folder: Path.join("images", split))
      case .published:
        let name = name(of: dataset.split, &taken) { "\($0)2017" }
        return COCOPlace(file: "annotations/\(task)_\(name).json", folder: name)
      case .roboflow:
        let name = name(of: dataset.split, &taken) { $0 == "val" ? "valid" : $0 }
        return COCOPlace(file: "\(name)/_annotations.coco.json", folder: name)
      }
    }
  }

  /// Returns the names of splits in a layout, no two alike: `layoutName` gives that of one for
  /// training, validation or testing, others keep their names, and data without a split is for
  /// training.
  private static func name(
    of split: String?, _ taken: inout Set<String>,
    _ layoutName: (_ role: String) -> String
  ) -> String {
    let own = LabelPath.inside(split ?? "train")
    var candidates = [own.isEmpty ? "train" : own]
    if let role = SplitName.role(candidates[0]) { candidates.insert(layoutName(role), at: 0) }
    if let free = candidates.first(where: { taken.insert($0).inserted }) { return free }
    var number = 2
    while !taken.insert("\(candidates[0])_\(number)").inserted { number += 1 }
    return "\(candidates[0])_\(number)"
  }
}

extension Dataset {
  /// Whether there are annotations and none is of a category.
  fileprivate var holdsCaptionsAlone: Bool {
    guard let first = annotations.first, first.categoryID == nil else { return false }
    return annotations.withUnsafeBufferPointer { $0.allSatisfy { $0.categoryID == nil } }
  }
}
