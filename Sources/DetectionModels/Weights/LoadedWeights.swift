import Torch

/// The account of weights that were loaded into a detector.
public struct LoadedWeights: Sendable, Equatable, CustomStringConvertible {
  public let subject: DetectorWeights.Subject
  /// How many tensors were loaded.
  public let count: Int
  /// The layers of the file that the detector does not have, by their keys.
  public let left: [String]
  /// The parts of the detector that the file does not have, by their keys: they stay as they were
  /// drawn.
  public let drawn: [String]

  /// - Parameters:
  ///   - isLoaded: whether the tensor of a key of the model was loaded.
  ///   - left: keys of the file that were not loaded.
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

  /// `loaded 260 tensors into the backbone; left classifier in the file; drew rpn, roi_heads`
  public var description: String {
    var words = ["loaded \(count) tensors" + (subject == .detector ? "" : " into the backbone")]
    if !left.isEmpty { words.append("left \(left.joined(separator: ", ")) in the file") }
    if !drawn.isEmpty { words.append("drew \(drawn.joined(separator: ", "))") }
    return words.joined(separator: "; ")
  }

  /// The largest parts of a model that hold only tensors of some keys, each once.
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
