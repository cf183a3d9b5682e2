/// A tensor's key and its shape, without its values.
public struct KeyedShape: Sendable, Equatable, CustomStringConvertible {
  public let key: String
  public let shape: [Int]

  public init(_ key: String, _ shape: [Int]) {
    self.key = key
    self.shape = shape
  }

  /// `fc.weight [10, 512]`
  public var description: String {
    "\(key) \(shape)"
  }
}
