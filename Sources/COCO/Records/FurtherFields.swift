/// The fields that most annotations lack, stored apart: a million annotations are then copied
/// faster and take less room.
final class FurtherFields: Sendable, Equatable {
  /// The values; empty if there is nothing to hold.
  struct Values: Sendable, Equatable {
    var keypoints: [Double]?
    var attributes: JSONObject = [:]
    var extra: JSONObject = [:]
    /// The ids that need more than 32 bits; 0 for those that do not.
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

  /// Returns `fields` with a change; nil if nothing is left to hold.
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
