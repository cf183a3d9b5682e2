public import COCO

/// The layout of a dataset's keypoints: their number, and their order in the mirror.
public struct KeypointLayout: Sendable, Equatable {
  /// The number of keypoints of each object.
  public let count: Int
  /// The index of the keypoint that each one becomes in the mirror.
  public let mirrored: [Int]

  /// Reads the layout from the lists of keypoints in the categories, or else from the lists of the
  /// objects.
  ///
  /// Left and right follow from the names of the keypoints; 17 without names are COCO's of persons,
  /// and any others are not exchanged.
  ///
  /// - Throws: An `EngineError` if no object has keypoints, or categories have different ones.
  public init(_ dataset: Dataset) throws(EngineError) {
    let named = dataset.categories.filter { !$0.keypointNames.isEmpty }
    guard let first = named.first else {
      guard let count = Self.mostFrequentCount(in: dataset) else {
        throw EngineError(
          "expected objects with keypoints, which the detector learns, found none in the set")
      }
      self.init(count: count)
      return
    }
    let layout = KeypointLayout(names: first.keypointNames)
    for category in named {
      let other = KeypointLayout(names: category.keypointNames)
      guard other == layout else {
        throw EngineError(
          "expected the same keypoints in every category, found \(layout.count) of "
            + "\"\(first.name)\" and \(other.count) of \"\(category.name)\""
            + (other.count == layout.count ? " with other left and right ones" : ""))
      }
    }
    self = layout
  }

  /// The layout of keypoints without names.
  public init(count: Int) {
    self.count = count
    mirrored =
      count == Augmentation.mirroredPersonKeypoints.count
      ? Augmentation.mirroredPersonKeypoints : Array(0..<count)
  }

  /// The layout of keypoints such as `nose`, `left_eye`, `right_eye`.
  public init(names: [String]) {
    count = names.count
    let indices = Dictionary(zip(names.map { $0.lowercased() }, 0...)) { first, _ in first }
    mirrored = names.enumerated().map { index, name in
      indices[Self.mirrored(name.lowercased())] ?? index
    }
  }

  /// Returns the name with its sides exchanged: a word `left`, `right`, `l` or `r`.
  private static func mirrored(_ name: String) -> String {
    let sides = ["left": "right", "right": "left", "l": "r", "r": "l"]
    var output = ""
    var word = ""
    func ended(_ word: String) -> String { sides[word] ?? word }
    for character in name {
      if character.isLetter {
        word.append(character)
      } else {
        output += ended(word)
        output.append(character)
        word = ""
      }
    }
    return output + ended(word)
  }

  /// Returns the most frequent number of keypoints among the objects that have any.
  private static func mostFrequentCount(in dataset: Dataset) -> Int? {
    let counts = dataset.annotations.reduce(into: [:] as [Int: Int]) { counts, annotation in
      guard let length = annotation.keypoints?.count, length > 0, length.isMultiple(of: 3) else {
        return
      }
      counts[length / 3, default: 0] += 1
    }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }
}

extension COCO.Category {
  /// The names of the keypoints; empty if the category lists none.
  var keypointNames: [String] {
    guard case .array(let names)? = extra["keypoints"] else { return [] }
    return names.map { name in
      if case .string(let text) = name { text } else { "" }
    }
  }
}
