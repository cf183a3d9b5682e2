/// The outcomes of the detections and true objects of some images, in the order of the images.
struct MatchOutcomes: Sendable {
  /// A detection within the limit of those considered.
  struct Entry: Sendable {
    var score: Double
    var category: Int32
    /// The rank by score among the detections of its category in its image, from 0.
    var rank: Int32
    /// The area ranges in which it is not counted unless it matches, as bits.
    var outside: UInt32
    /// The place of its matches among `matches`, in detections; −1 if it can match nothing.
    var match: Int32
  }

  /// The matches of a detection in one range of areas, as bits of the IoU thresholds.
  struct Match: Sendable {
    var matched: UInt64 = 0
    /// The thresholds at which the matched object is not counted.
    var ignored: UInt64 = 0
  }

  /// A true object.
  struct Truth: Sendable {
    var category: Int32
    /// The area ranges in which it is not counted, as bits.
    var ignored: UInt32
  }

  /// An image, and the end of its detections among `entries`.
  struct Image: Sendable {
    var id: Int
    var end: Int
  }

  var images: [Image] = []
  var entries: [Entry] = []
  /// The matches, [N, A], of the N detections that could match anything.
  var matches: [Match] = []
  var truths: [Truth] = []
}
