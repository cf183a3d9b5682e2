/// The members of a JSON object in the order in which they stood; a name may stand twice.
public struct JSONObject: Sendable, Equatable, ExpressibleByDictionaryLiteral {
  /// One name with its value.
  public struct Member: Sendable, Equatable {
    public var name: String
    public var value: JSONValue

    public init(name: String, value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  public var members: [Member]

  public init(_ members: [Member] = []) {
    self.members = members
  }

  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    members = elements.map { Member(name: $0.0, value: $0.1) }
  }

  public var isEmpty: Bool { members.isEmpty }

  /// The value of the last member of this name, as in Python and JavaScript. Setting replaces it
  /// or adds it at the end; setting nil removes every member of this name.
  public subscript(name: String) -> JSONValue? {
    get { members.last { $0.name == name }?.value }
    set {
      guard let newValue else {
        members.removeAll { $0.name == name }
        return
      }
      if let index = members.lastIndex(where: { $0.name == name }) {
        members[index].value = newValue
      } else {
        members.append(Member(name: name, value: newValue))
      }
    }
  }
}
