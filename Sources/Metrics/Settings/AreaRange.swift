/// The objects that one of the evaluation's figures is about, by their area.
public struct AreaRange: Sendable, Equatable {
  /// As COCO's summary calls it: `all`, `small` …
  public var name: String
  /// Square pixels; both ends belong to the range.
  public var lower: Double
  public var upper: Double

  public init(_ name: String, from lower: Double, to upper: Double) {
    self.name = name
    self.lower = lower
    self.upper = upper
  }

  func contains(_ area: Double) -> Bool { !(area < lower || area > upper) }

  public static let all = AreaRange("all", from: 0, to: 1e10)
  public static let small = AreaRange("small", from: 0, to: 1024)
  public static let medium = AreaRange("medium", from: 1024, to: 9216)
  public static let large = AreaRange("large", from: 9216, to: 1e10)
}
