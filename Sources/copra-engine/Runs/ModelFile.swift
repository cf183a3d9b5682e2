import COCO
import Console
import DetectionModels
import Files
import Yams

/// A `model.yaml`: a detector's configuration, in which everything has its place.
struct ModelFile {
  let configuration: any DetectorConfiguration
  private let file: YAMLFile

  /// - Throws: a `CommandFailure`, with the place, for keys and values that mean nothing, and a
  ///   `FileError` for a file that cannot be read.
  init(_ path: String) throws {
    file = try YAMLFile(path, String(decoding: InputFile.contents(path), as: UTF8.self))
    configuration = try Self.laid(Self.base(of: file), under: file)
  }

  var path: String { file.path }

  /// Whether the file says how large pictures are made.
  var givesInputSize: Bool { file.root["min_size"] != nil || file.root["max_size"] != nil }

  /// The detector with drawn weights.
  ///
  /// - Parameters:
  ///   - numClasses: as the data or the weights have them, the background included.
  ///   - change: what is chosen elsewhere than in the file.
  /// - Throws: a `CommandFailure`, with the place, for a configuration that cannot work.
  func detector(
    numClasses: Int, _ change: (inout any DetectorConfiguration) -> Void = { _ in }
  ) throws -> any Detector {
    if let own = configuration.numClasses, own != numClasses {
      throw failure(
        "expected \(numClasses) classes, the background included, found \(own)",
        at: ["num_classes"])
    }
    var configuration = configuration
    change(&configuration)
    do {
      return try configuration.makeDetector(numClasses: numClasses)
    } catch {
      throw failure(error.description, at: error.keys)
    }
  }

  /// What the file's values are laid over.
  private static func base(of file: YAMLFile) throws -> any DetectorConfiguration {
    let architectures = DetectorArchitecture.allCases.map(\.rawValue)
    let ready = ReadyDetectors.all
    switch (file.root["architecture"], file.root["model"]) {
    case (let node?, nil):
      if let name = node.string, let found = DetectorArchitecture(rawValue: name) {
        return found.configuration
      }
      throw unknown(node, among: architectures, in: file)
    case (nil, let node?):
      if let found = ready.first(where: { $0.name == node.string }) { return found.configuration }
      throw unknown(node, among: ready.map(\.name), in: file)
    case (_?, let node?):
      throw file.failure("expected an architecture or a model, found both", at: node)
    case (nil, nil):
      throw file.failure(
        "expected an architecture (\(architectures.joined(separator: ", "))) or a model "
          + "(\(ready.map(\.name).joined(separator: ", ")))", at: nil)
    }
  }

  private static func unknown(
    _ node: Node, among names: [String], in file: YAMLFile
  ) -> CommandFailure {
    file.failure(
      "expected one of \(names.joined(separator: ", ")), found \(Node?.some(node).found)"
        + NearestName.hint(for: node.string ?? "", among: names), at: node)
  }

  private static func laid(
    _ base: some DetectorConfiguration, under file: YAMLFile
  ) throws -> any DetectorConfiguration {
    try YAMLOverlay.value(base, under: file, besides: ["architecture", "model"])
  }

  /// What is wrong under some keys, at the place of the last of them that stands in the file.
  private func failure(_ message: String, at keys: [String]) -> CommandFailure {
    var (node, mapping): (Node?, Node.Mapping?) = (nil, file.root)
    for key in keys {
      guard let value = mapping?[key] else { break }
      (node, mapping) = (value, value.mapping)
    }
    let name = keys.joined(separator: ".")
    return file.failure(name.isEmpty ? message : "\(name): \(message)", at: node)
  }
}
