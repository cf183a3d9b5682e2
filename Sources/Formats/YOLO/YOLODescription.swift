import COCO
import Files

/// What a data file says of a set.
struct YOLODescription: Sendable {
  /// Where the pictures of a split are.
  struct Part: Sendable {
    var split: String
    /// Folders or lists of pictures.
    var paths: [Entry]
    /// Whether the key may mean something else, so that a path that leads nowhere is no fault.
    var isGuess = false
  }

  /// A value and where it stands.
  struct Entry: Sendable {
    var text: String
    var origin: Origin
  }

  /// The folders that relative paths can start from, the likeliest first.
  var roots: [String]
  var parts: [Part] = []
  /// nil where there are none.
  var names: YOLONames?
  var keypoints: YOLOKeypoints?
  /// Whether there is a data file, and it says nothing of splits.
  var isSilent = false
}

/// What a pose row holds after its box.
struct YOLOKeypoints: Sendable, Equatable {
  var count: Int
  /// 2: x and y; 3: visibility too.
  var dimensions: Int
  var names: [String]
}

/// The classes of a set by their numbers.
struct YOLOClasses: Sendable {
  /// The names, each once, in the order of their numbers.
  let labels: LabelTable
  /// Whether no names are known, so that every number is a class of its own.
  let isOpen: Bool
  /// The index in `labels` by class number, -1 where a number has no name.
  private let indices: [Int]

  /// Above this a number is a mistake and no class.
  static let highest = 1_000_000

  init(_ names: [Int: String]?) {
    var labels = LabelTable()
    var indices: [Int] = []
    for number in (names ?? [:]).keys.sorted() where number <= Self.highest {
      indices += Array(repeating: -1, count: number - indices.count)
      indices.append(names?[number].map { labels.index(of: $0) } ?? -1)
    }
    self.labels = labels
    self.indices = indices
    isOpen = names == nil
  }

  /// The numbers that have names, in words.
  var expected: String {
    let isGappy = indices.contains(-1)
    return "a class from 0 to \(indices.count - 1)" + (isGappy ? " that has a name" : "")
  }

  /// The index in `labels`, nil where the number has no name.
  func index(of number: Int) -> Int? {
    guard number >= 0, number < indices.count, indices[number] >= 0 else { return nil }
    return indices[number]
  }
}
