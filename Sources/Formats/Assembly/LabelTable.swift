/// Class names, each once, by the number under which annotations hold them until ids are given.
public struct LabelTable: Sendable, Equatable {
  public private(set) var names: [String] = []
  private var indices: [String: Int] = [:]

  public init(_ names: [String] = []) {
    for name in names { _ = index(of: name) }
  }

  /// The number of `name`, a new one where it is met for the first time.
  public mutating func index(of name: String) -> Int {
    if let last = names.last, last == name { return names.count - 1 }
    if let index = indices[name] { return index }
    indices[name] = names.count
    names.append(name)
    return names.count - 1
  }
}
