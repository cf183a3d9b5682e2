/// A kind of mistake, after TIDE (Bolya and others, "TIDE: A General Toolbox for Identifying Object
/// Detection Errors", 2020).
public enum ErrorKind: String, Sendable, CaseIterable {
  /// The right place with the wrong category.
  case classification
  /// The right category, not quite at the right place.
  case localisation
  /// Neither the right category nor the right place.
  case both
  /// An object that a detection of higher score has found already.
  case duplicate
  /// Nothing is there.
  case background
  /// An object that no detection is for.
  case missed
}

/// The correct and wrong detections of some images.
struct ErrorRecords: Sendable {
  /// A detection.
  struct Point: Sendable {
    var score: Double
    var category: Int32
    /// The category of the object that the detection counts as right for when its mistake is fixed;
    /// −1 if it is then left out.
    var mendedCategory: Int32 = -1
    /// The kind of mistake; nil if the detection is right.
    var error: ErrorKind?
    /// Whether the detection lies on a crowd and does not count.
    var isIgnored = false
  }

  /// A true object that counts.
  struct Truth: Sendable {
    var category: Int32
    var isFound = false
    /// Whether mending a detection would find it.
    var isWithinReach = false
  }

  /// The records of one image, its place in the file, and its id.
  struct Image: Sendable {
    var order: Int
    var id: Int
    var points: [Point] = []
    var truths: [Truth] = []
  }

  var images: [Image] = []
}
