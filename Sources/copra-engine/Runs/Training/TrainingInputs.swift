import COCO
import Console
import Datasets
import Engine
import Files
import Formats
import Torch

/// A dataset that was read for a detector.
struct DetectionInput {
  private(set) var imported: Imported
  /// The inputs as the user named them.
  let name: String
  /// Whether pictures that EXIF turns are turned, as their sizes were read.
  private let isUpright: Bool

  /// Reads the inputs.
  ///
  /// - Throws: `DatasetError` where the format is not known or nothing of it is found, `FileError`
  ///   where an input cannot be opened.
  init(_ paths: [String], reader: DatasetReader) async throws {
    self.init(try await reader.read(paths), from: paths, by: reader)
    for note in imported.notes { Terminal.message("note: \(note)") }
  }

  /// What was read already.
  init(_ imported: Imported, from paths: [String], by reader: DatasetReader) {
    self.imported = imported
    name = paths.joined(separator: ", ")
    isUpright = reader.options.exif != .stored
  }

  /// Whether a split has one of the names.
  func hasSplit(of names: [String]) -> Bool {
    imported.datasets.contains { names.contains($0.split ?? "") }
  }

  /// Returns the split of one of the names, or all splits as one where there is none.
  ///
  /// - Parameter needsPictures: whether to throw where the picture files are not found.
  /// - Throws: a `CommandFailure` where there is nothing, and an `EngineError` where objects have no
  ///   keypoints that the detector could learn.
  func samples(
    ofSplits names: [String], for detector: DetectorChoice, needsPictures: Bool = true
  ) throws -> DetectionSamples {
    var imported = imported
    let named = imported.datasets.first { names.contains($0.split ?? "") }
    if named == nil { SplitMerger.merge(&imported) }
    guard let dataset = named ?? imported.datasets.first else {
      throw CommandFailure("\(name): no \(imported.format?.name ?? "") annotations found")
    }
    let none = dataset.images.isEmpty || !needsPictures ? "" : nil
    guard let folder = imported.imageFolders[dataset.split ?? ""] ?? none else {
      throw CommandFailure("\(name): the image files were not found; --images gives their folder")
    }
    return DetectionSamples(
      dataset, folder: folder, hasMasks: detector.hasMasks,
      keypoints: detector.hasKeypoints ? try KeypointLayout(dataset) : nil, isUpright: isUpright)
  }

  /// The name of each image's split, by the ids of the images in all splits as one; empty where there
  /// is but one.
  func splitNames(of merged: DetectionSamples) -> [Int: String] {
    let names = imported.datasets.flatMap { dataset in
      dataset.images.map { _ in dataset.split ?? "" }
    }
    let ids = merged.dataset.images.map(\.id)
    guard imported.datasets.count > 1, names.count == ids.count else { return [:] }
    return Dictionary(zip(ids, names)) { first, _ in first }
  }

  /// Gives all splits the categories that a detector is trained on, by their names: an input that
  /// was read by itself may have numbered them otherwise.
  ///
  /// - Throws: a `CommandFailure` for objects of a category that is not among them.
  mutating func takeCategories(_ categories: [COCO.Category]) throws {
    let known = Dictionary(categories.map { ($0.name, $0.id) }) { first, _ in first }
    for index in imported.datasets.indices {
      let own = Dictionary(imported.datasets[index].categories.map { ($0.id, $0.name) }) {
        first, _ in first
      }
      for position in imported.datasets[index].annotations.indices {
        let annotation = imported.datasets[index].annotations[position]
        // An id without a category is reported by the check of the samples.
        guard let category = annotation.categoryID.flatMap({ own[$0] }) else { continue }
        guard let id = known[category] else {
          let names = categories.map { "\"\($0.name)\"" }.joined(separator: ", ")
          throw CommandFailure(
            "\(name): expected objects of the categories that are trained, \(names), found "
              + "\"\(category)\"")
        }
        imported.datasets[index].annotations[position].categoryID = id
      }
      imported.datasets[index].categories = categories
    }
  }
}

/// A split of an input, checked: what a detector can be given of it, and what is wrong with it.
struct CheckedSplit {
  /// The samples whose pictures can be read.
  let samples: DetectionSamples
  let findings: [Finding]
  /// What the findings' places refer to.
  let sources: Sources

  var hasErrors: Bool { findings.contains { $0.severity == .error } }

  /// Checks a split and prints what is wrong with it.
  ///
  /// - Parameters:
  ///   - names: what the split may be called; all splits as one where there is none of them.
  ///   - isTrainedOn: whether it is trained on: there must be something to learn, and pictures with too
  ///     few visible keypoints are left out, for a detector of keypoints.
  ///   - reportsImport: whether what was found on reading the input is reported with it.
  /// - Throws: a `CommandFailure` where no picture can be used.
  init(
    _ names: [String], of input: DetectionInput, for size: InputSize, _ detector: DetectorChoice,
    isTrainedOn: Bool = false, reportsImport: Bool = true
  ) async throws {
    let samples = try input.samples(ofSplits: names, for: detector)
    let checked = await SampleContract(samples, input: size).check(
      tasks: OrderedTasks(threads: Runtime.threads))
    self.samples = isTrainedOn ? checked.readable.withVisibleKeypoints : checked.readable
    let imported = input.imported.allFindings
    let added = checked.findings.notRepeating(imported)
    findings = reportsImport ? imported + added : added
    sources = input.imported.sources
    FindingPrinter.print(findings, in: sources)
    guard self.samples.count > 0 else {
      let reason = samples.count == 0 ? "there is none" : "none of \(samples.count) can be used"
      throw CommandFailure("\(input.name): expected images, \(reason)")
    }
    if isTrainedOn, let reason = checked.objects.nothingToLearn {
      throw CommandFailure("\(input.name): \(reason)")
    }
    let left = samples.count - checked.readable.count
    if left > 0 {
      Terminal.message(
        "\(left) of \(samples.count) images are left out, because they cannot be read")
    }
    Self.report(checked.readable, without: self.samples)
  }
}

extension CheckedSplit {
  /// Says how many pictures are not trained on, as there is too little on them.
  static func report(_ samples: DetectionSamples, without kept: DetectionSamples) {
    let left = samples.count - kept.count
    guard left > 0 else { return }
    Terminal.message(
      "\(left) of \(samples.count) images are left out, because fewer than "
        + "\(samples.leastVisibleKeypoints) keypoints are visible on them")
  }
}

extension [Finding] {
  /// Returns those whose rule was not found at the same place by an earlier check. That a picture
  /// cannot be read is one thing, by whichever rule each of the two says so.
  func notRepeating(_ earlier: [Finding]) -> [Finding] {
    let unreadable = Set(
      [.missingImageFile, .truncatedImage, .corruptImage, .unreadableImage].map(\FaultKind.id))
    let subject = { (finding: Finding) in
      unreadable.contains(finding.rule) ? FaultKind.unreadableImage.id : finding.rule
    }
    let found = earlier.reduce(into: [:] as [Origin: Set<String>]) { found, finding in
      if let origin = finding.origin { found[origin, default: []].insert(subject(finding)) }
    }
    return filter { finding in
      finding.origin.flatMap { found[$0] }?.contains(subject(finding)) != true
    }
  }
}
