import Torch

/// A report on weights that were loaded into a detector.
public struct LoadedWeights: Sendable, Equatable, CustomStringConvertible {
  /// The kind of model that the weights belong to.
  public let subject: DetectorWeights.Subject
  /// The number of tensors that were loaded.
  public let count: Int
  /// The keys of the file's layers that the detector does not have.
  public let left: [String]
  /// The keys of the detector's parts that the file does not have, which keep their drawn weights.
  public let drawn: [String]

  /// Creates a report.
  ///
  /// - Parameters:
  ///   - isLoaded: Returns whether the tensor of a key of the model was loaded.
  ///   - left: The keys of the file that were not loaded.
  init(
    _ count: Int, of subject: DetectorWeights.Subject, into model: some Detector,
    isLoaded: (_ key: String) -> Bool, left: [String] = [], of stored: StoredState? = nil
  ) {
    self.count = count
    self.subject = subject
    let keys = model.state.map(\.key)
    drawn = Self.parts(of: keys.filter { !isLoaded($0) }, apartFrom: keys.filter(isLoaded))
    let leftKeys = Set(left)
    let loaded = stored?.entries.map(\.key).filter { !leftKeys.contains($0) } ?? []
    self.left = Self.parts(of: left, apartFrom: loaded)
  }

  /// The report as a sentence, such as
  /// `loaded 260 tensors into the backbone; left classifier in the file; drew rpn, roi_heads`.
  public var description: String {
    var words = ["loaded \(count) tensors" + (subject == .detector ? "" : " into the backbone")]
    if !left.isEmpty { words.append("left \(left.joined(separator: ", ")) in the file") }
    if !drawn.isEmpty { words.append("drew \(drawn.joined(separator: ", "))") }
    return words.joined(separator: "; ")
  }

  /// Returns the largest parts of a model that contain only tensors of some keys, each once.
  private static func parts(of keys: [String], apartFrom others: [String]) -> [String] {
    keys.reduce(into: []) { parts, key in
      guard !parts.contains(where: { key.hasPrefix($0 + ".") }) else { return }
      let names = key.split(separator: ".")
      let candidates = names.indices.map { names[...$0].joined(separator: ".") }
      let part = candidates.first { part in !others.contains { $0.hasPrefix(part + ".") } }
      parts.append(part ?? key)
    }
  }
}
