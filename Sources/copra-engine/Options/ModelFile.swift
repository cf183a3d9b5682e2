import Console
import DetectionModels
import Engine
import Files
import YAML

extension DetectorChoice {
  /// Chooses the detector of a name, or that of a `model.yaml`.
  ///
  /// - Throws: for a name that none has, and, with the place, for a file that means nothing.
  init(_ text: String) throws {
    self = try Self.isFile(text) ? DetectorChoice(file: text) : DetectorChoice(named: text)
  }

  /// Whether the text is the path of a `model.yaml` and not a name.
  static func isFile(_ text: String) -> Bool {
    text.hasSuffix(".yaml") || text.hasSuffix(".yml")
  }

  /// Chooses the detector that a `model.yaml` describes.
  ///
  /// - Throws: a `CommandFailure`, with the place, for keys and values that mean nothing, and a
  ///   `FileError` for a file that cannot be read.
  init(file path: String) throws {
    let file = ModelFile(
      file: try YAMLFile(path, String(decoding: InputFile.contents(path), as: UTF8.self)))
    let base = try file.base()
    self.init(
      name: Path.name(of: path), configuration: try file.laid(over: base.configuration),
      of: base.detector, givesInputSize: file.givesInputSize
    ) { file.failure($0.description, at: $0.keys) }
  }
}

/// A `model.yaml`: a detector's configuration, in which everything has its place.
private struct ModelFile {
  let file: YAMLFile

  /// Whether the file says how large pictures are made.
  var givesInputSize: Bool {
    ["min_size", "max_size", "size"].contains { file.root[$0] != nil }
  }

  /// Returns what the file's values are laid over, and the detector that it is of the catalogue.
  func base() throws -> (configuration: any DetectorConfiguration, detector: ReadyDetector?) {
    let architectures = DetectorArchitecture.allCases.map(\.rawValue)
    let names = DetectorCatalogue.names
    switch (file.root["architecture"], file.root["model"]) {
    case (let node?, nil):
      if let name = node.string, let found = DetectorArchitecture(rawValue: name) {
        return (found.configuration, nil)
      }
      throw unknown(node, among: architectures)
    case (nil, let node?):
      if let found = DetectorCatalogue.detector(named: node.string ?? "") {
        return (found.configuration, found)
      }
      throw unknown(node, among: names)
    case (_?, let node?):
      throw file.failure("expected an architecture or a model, found both", at: node)
    case (nil, nil):
      throw file.failure(
        "expected an architecture (\(architectures.joined(separator: ", "))) or a model "
          + "(\(names.joined(separator: ", ")))", at: nil)
    }
  }

  /// Returns a configuration with the file's values laid over its own.
  func laid(over base: some DetectorConfiguration) throws -> any DetectorConfiguration {
    do {
      return try YAMLOverlay.value(base, under: file, besides: ["architecture", "model"])
    } catch let error as ModelConfigurationError {
      throw failure(error.description, at: error.keys)
    }
  }

  /// Returns what is wrong under some keys, at the place of the last of them that stands in the
  /// file.
  func failure(_ message: String, at keys: [String]) -> CommandFailure {
    var (node, mapping): (Node?, Node.Mapping?) = (nil, file.root)
    for key in keys {
      guard let value = mapping?[key] else { break }
      (node, mapping) = (value, value.mapping)
    }
    let name = keys.joined(separator: ".")
    return file.failure(name.isEmpty ? message : "\(name): \(message)", at: node)
  }

  private func unknown(_ node: Node, among names: [String]) -> CommandFailure {
    file.failure(
      "expected one of \(names.joined(separator: ", ")), found \(Node?.some(node).found)"
        + NearestName.hint(for: node.string ?? "", among: names), at: node)
  }
}
