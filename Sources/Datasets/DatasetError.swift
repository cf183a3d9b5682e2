/// Why a dataset cannot be read or written, in words for the user.
public struct DatasetError: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}
