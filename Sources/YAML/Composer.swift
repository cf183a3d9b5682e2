extension Node {
  /// Returns the root of a text's single document; nil if there is none.
  ///
  /// - Throws: A `YAMLError` for a text that is no YAML, that holds several documents or a key
  ///   twice in one mapping, or that exceeds 100 levels or a million values with those of aliases.
  public static func compose(_ text: String) throws(YAMLError) -> Node? {
    guard !text.isEmpty else { return nil }
    var text = text
    return try text.withUTF8 { bytes in
      Result { () throws(YAMLError) in
        var composer = Composer(EventReader(bytes))
        return try composer.document()
      }
    }.get()
  }
}

/// A composer that makes a tree of events.
private struct Composer {
  /// The deepest nesting of sequences and mappings.
  private static let deepest = 100
  /// The most values that aliases may stand for: a few lines of aliases of aliases can stand for
  /// more values than there are atoms. They take no room, since all share one, but a walk through
  /// them meets each.
  private static let mostAliased = 1_000_000

  /// A node, the number of nodes in it with itself, and their levels.
  private struct Part {
    var node: Node
    var count = 1
    var height = 0

    mutating func hold(_ part: Part) {
      count += part.count
      height = max(height, part.height + 1)
    }
  }

  private let events: EventReader
  private var anchored: [String: Part] = [:]
  private var aliased = 0

  init(_ events: EventReader) {
    self.events = events
  }

  /// Returns the root of the single document; nil if there is none.
  mutating func document() throws(YAMLError) -> Node? {
    _ = try events.next()
    if case .textEnd = try events.next().kind { return nil }
    let root = try part(events.next(), at: 0)
    _ = try events.next()
    let end = try events.next()
    guard case .textEnd = end.kind else {
      throw YAMLError(
        "but found another document", at: end.mark,
        context: .init(
          text: "expected a single document in the stream", mark: Mark(line: 1, column: 1)))
    }
    return root?.node
  }

  /// Returns the part that begins with an event; nil if the event ends the surrounding part.
  private mutating func part(_ event: Event, at level: Int) throws(YAMLError) -> Part? {
    switch event.kind {
    case .scalar(let scalar, let anchor):
      return keep(Part(node: Node(.scalar(scalar), at: event.mark)), as: anchor)
    case .sequence(let anchor):
      try refuse(level + 1, at: event.mark)
      return keep(try sequence(at: event.mark, level + 1), as: anchor)
    case .mapping(let anchor):
      try refuse(level + 1, at: event.mark)
      return keep(try mapping(at: event.mark, level + 1), as: anchor)
    case .alias(let name):
      guard let part = anchored[name] else {
        throw YAMLError("found undefined alias", at: event.mark)
      }
      try refuse(level + part.height, at: event.mark)
      aliased += part.count
      guard aliased <= Self.mostAliased else {
        throw YAMLError(
          "expected aliases of at most \(Self.mostAliased) values, found more", at: event.mark)
      }
      return part
    case .end, .document, .textEnd: return nil
    }
  }

  private mutating func sequence(at mark: Mark, _ level: Int) throws(YAMLError) -> Part {
    var elements: [Node] = []
    var whole = Part(node: Node(.sequence([]), at: mark), height: 1)
    while let element = try part(events.next(), at: level) {
      elements.append(element.node)
      whole.hold(element)
    }
    whole.node = Node(.sequence(elements), at: mark)
    return whole
  }

  private mutating func mapping(at mark: Mark, _ level: Int) throws(YAMLError) -> Part {
    var pairs: [(key: Node, value: Node)] = []
    var whole = Part(node: Node(.mapping(.init()), at: mark), height: 1)
    while let key = try part(events.next(), at: level),
      let value = try part(events.next(), at: level)
    {
      pairs.append((key.node, value.node))
      whole.hold(key)
      whole.hold(value)
    }
    try Self.refuseRepeated(pairs)
    whole.node = Node(.mapping(.init(pairs)), at: mark)
    return whole
  }

  private mutating func keep(_ part: Part, as anchor: String?) -> Part {
    if let anchor { anchored[anchor] = part }
    return part
  }

  private func refuse(_ level: Int, at mark: Mark) throws(YAMLError) {
    guard level > Self.deepest else { return }
    throw YAMLError("expected at most \(Self.deepest) levels, found more", at: mark)
  }

  /// Throws for keys that stand in a mapping more than once, which would leave one of their values
  /// without effect.
  private static func refuseRepeated(
    _ pairs: [(key: Node, value: Node)]
  ) throws(YAMLError) {
    var (names, repeated): (Set<String>, Set<String>) = ([], [])
    for (key, _) in pairs {
      guard let name = key.string, !names.insert(name).inserted else { continue }
      repeated.insert(name)
    }
    guard let first = repeated.min() else { return }
    throw YAMLError(
      "expected each key once, found \(repeated.sorted().joined(separator: ", ")) again",
      at: pairs.first { $0.key.string == first }?.key.mark)
  }
}
