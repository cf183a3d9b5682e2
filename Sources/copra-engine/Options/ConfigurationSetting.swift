import Console
import DetectionModels
import Engine

/// A value for one key of a detector's configuration.
struct ConfigurationSetting {
  /// What messages call it.
  let option: String
  /// The keys that lead to the value, outer ones first; of several such ways the first that the
  /// detector knows.
  let keys: [[String]]
  /// As YAML writes it.
  let value: String

  init(option: String, keys: [[String]], value: String) {
    self.option = option
    self.keys = keys
    self.value = value
  }

  /// Creates the setting of a key that detectors of one stage have as it is and those of two with
  /// `box_` before it.
  init(shared key: String, value: String) {
    self.init(
      option: "--" + key.replacing("_", with: "-"), keys: [["box_" + key], [key]], value: value)
  }
}

extension DetectorChoice {
  /// Returns the detector with settings laid over its configuration, one after the other.
  ///
  /// - Throws: a `CommandFailure` that names the option, for keys and values that mean nothing.
  func laying(_ settings: [ConfigurationSetting]) throws -> DetectorChoice {
    try settings.reduce(self) { try $0.laying($1) }
  }

  private func laying(_ setting: ConfigurationSetting) throws -> DetectorChoice {
    let known = try YAMLOverlay.keys(of: configuration)
    let chosen = setting.keys.first { $0.count > 1 || known.contains($0[0]) }
    // A key that no detector has is refused by the overlay, which knows the nearest one.
    guard let keys = chosen ?? (setting.keys.count == 1 ? setting.keys[0] : nil) else {
      throw CommandFailure("\(setting.option): the detector \(name) has no such threshold")
    }
    guard !["model", "architecture"].contains(keys[0]) else {
      throw CommandFailure("\(setting.option): the detector itself is named before its options")
    }
    // Each key on a line of its own: within braces a value would end at its first comma.
    let lines = keys.enumerated().map { String(repeating: "  ", count: $0.offset) + $0.element }
    let file = try YAMLFile(
      option: setting.option, lines.joined(separator: ":\n") + ": \(setting.value)\n")
    return with(
      try Self.laid(file, over: configuration),
      givesInputSize: ["min_size", "max_size"].contains(keys[0])
    ) { $0.keys == keys ? CommandFailure("\(setting.option): \($0)") : nil }
  }

  private static func laid(
    _ file: YAMLFile, over base: some DetectorConfiguration
  ) throws -> any DetectorConfiguration {
    try YAMLOverlay.value(base, under: file)
  }
}
