/// A place in a text file as people count: lines and columns from 1, columns in characters.
public struct Place: Sendable, Hashable, CustomStringConvertible {
  public var path: String
  public var line: Int
  public var column: Int

  /// Line and column count from 1.
  public init(path: String, line: Int, column: Int) {
    self.path = path
    self.line = line
    self.column = column
  }

  /// `path:line:column`
  public var description: String { "\(path):\(line):\(column)" }
}
