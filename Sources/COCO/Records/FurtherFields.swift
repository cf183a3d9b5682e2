/// What most annotations do not have, in a box of its own: a million annotations are copied more
/// cheaply without it, and take less room.
final class FurtherFields: Sendable, Equatable {
  /// The values themselves; empty where there is nothing to hold.
  struct Values: Sendable, Equatable {
    var keypoints: [Double]?
    var attributes: JSONObject = [:]
    var extra: JSONObject = [:]
    /// Ids that are longer than 32 bits, 0 where they are not.
    var longID = 0
    var longImageID = 0
    var longCategoryID = 0
    /// An `iscrowd` that is neither 0 nor 1, else 0.
    var oddCrowd = 0

    var isEmpty: Bool {
      keypoints == nil && attributes.isEmpty && extra.isEmpty
        && longID | longImageID | longCategoryID | oddCrowd == 0
    }
  }

  let values: Values

  init(_ values: Values) {
    self.values = values
  }

  /// `fields` with a change; nil where that leaves nothing to hold.
  @inline(never)
  static func changing(_ fields: FurtherFields?, _ change: (inout Values) -> Void) -> FurtherFields?
  {
    var values = fields?.values ?? Values()
    change(&values)
    return values.isEmpty ? nil : FurtherFields(values)
  }

  static func == (left: FurtherFields, right: FurtherFields) -> Bool {
    left === right || left.values == right.values
  }
}
