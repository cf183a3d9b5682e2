// The names are those of the C header.
// swift-format-ignore-file: AlwaysUseLowerCamelCase

public import CCopra
import COCO
import Datasets
import DetectionMetrics
import Files
import Formats

/// Reads the COCO file at `path` as the ground truth of evaluations.
@c @implementation
public func copra_truth_open(
  _ path: UnsafePointer<CChar>?, _ dataset: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  Call.run {
    let path = try Call.text(path, "path")
    try HeldDataset.truth(in: try InputFile(path), named: path).give(to: dataset)
  }
}

/// Reads the bytes of a COCO file as the ground truth of evaluations.
@c @implementation
public func copra_truth_parse(
  _ json: UnsafePointer<CChar>?, _ length: Int64,
  _ dataset: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  Call.run {
    let memory = try MemoryFile(try Call.elements(json, length, "json"))
    try HeldDataset.truth(in: memory.file, named: "dataset").give(to: dataset)
  }
}

/// Reads a dataset of any format that copra knows, with all its splits.
@c @implementation
public func copra_dataset_read(
  _ path: UnsafePointer<CChar>?, _ dataset: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  Call.run {
    let path = try Call.text(path, "path")
    let threads = Call.threads
    let read = try Call.work { _ in
      var reader = DatasetReader()
      reader.workers = Workers(threads: threads)
      let imported = try await reader.read(path)
      return HeldDataset(
        imported.datasets, findings: HeldFindings(imported.allFindings, in: imported.sources))
    }
    try read.give(to: dataset)
  }
}

/// Frees a dataset; NULL may be freed.
@c @implementation
public func copra_dataset_free(_ dataset: OpaquePointer?) { HeldDataset.free(dataset) }

/// Lends one of the dataset's columns, which stays valid until the dataset is freed.
@c @implementation
public func copra_dataset_column(
  _ dataset: OpaquePointer?, _ column: Int32, _ array: UnsafeMutablePointer<copra_array>?
) -> Int32 {
  Call.run {
    let dataset = try HeldDataset.borrow(dataset)
    try dataset.columns.lend(column, to: array) { try dataset.column(column) }
  }
}

/// Returns the findings made while the dataset was read.
@c @implementation
public func copra_dataset_findings(
  _ dataset: OpaquePointer?, _ findings: UnsafeMutablePointer<OpaquePointer?>?
) -> Int32 {
  Call.run { try HeldDataset.borrow(dataset).findings.give(to: findings) }
}

extension HeldDataset {
  /// Reads a COCO file for evaluations, which need no file names.
  fileprivate static func truth(in file: InputFile, named name: String) throws -> HeldDataset {
    var contents = try Call.work { tasks in
      var reader = COCOReader(tasks: tasks)
      reader.needsFileNames = false
      reader.keepsTextIDs = true
      return try await reader.read(file, source: 0)
    }
    let findings = contents.findings + contents.rejections.map(\.finding)
    if let fault = findings.first(where: \.isOfWholeFile) {
      throw UnreadableFile(description: "\(name): \(fault.message)")
    }
    contents.dataset.split = nil
    return HeldDataset(
      [contents.dataset], words: contents.words,
      findings: HeldFindings(findings, in: Sources([name])))
  }
}
