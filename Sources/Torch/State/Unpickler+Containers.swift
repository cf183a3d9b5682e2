extension Unpickler {
  /// Tuples, lists and dictionaries. False where the instruction is about none of them.
  mutating func followContainer(_ opcode: PickleOpcode) throws(StateError) -> Bool {
    switch opcode {
    case .emptyTuple: try push(.tuple([]))
    case .tuple: try push(.tuple(popToMark()))
    case .tuple1: try push(.tuple(pop(1)))
    case .tuple2: try push(.tuple(pop(2)))
    case .tuple3: try push(.tuple(pop(3)))
    case .emptyList: try push(.list([]))
    case .list: try push(.list(popToMark()))
    case .append: try append(pop(1))
    case .appends: try append(popToMark())
    case .emptyDict: try push(.dictionary([]))
    case .dict: try push(.dictionary(pairs(popToMark())))
    case .setItem: try insert(pop(2))
    case .setItems: try insert(popToMark())
    default: return false
    }
    return true
  }

  /// The topmost values, the lowest first.
  private mutating func pop(_ count: Int) throws(StateError) -> [PickleValue] {
    var values: [PickleValue] = []
    for _ in 0..<count { values.append(try pop()) }
    return values.reversed()
  }

  /// Adds to the list on top of the stack.
  private mutating func append(_ items: [PickleValue]) throws(StateError) {
    let target = try top()
    guard case .object(let number) = target, case .list(var list) = objects[number] else {
      throw reader.failure("expected a list to append to \(place), found \(kind(of: target))")
    }
    // Otherwise two would hold the elements, and each addition would copy them all.
    objects[number] = .bytes
    list += items
    objects[number] = .list(list)
  }

  /// Adds to the dictionary on top of the stack.
  private mutating func insert(_ items: [PickleValue]) throws(StateError) {
    let target = try top()
    guard case .object(let number) = target, case .dictionary(var list) = objects[number] else {
      throw reader.failure("expected a dictionary to add to \(place), found \(kind(of: target))")
    }
    let pairs = try pairs(items)
    objects[number] = .bytes
    list += pairs
    objects[number] = .dictionary(list)
  }

  private func pairs(
    _ items: [PickleValue]
  ) throws(StateError) -> [(key: PickleValue, value: PickleValue)] {
    guard items.count.isMultiple(of: 2) else {
      throw reader.failure("expected keys and values \(place), found \(items.count) in all")
    }
    return stride(from: 0, to: items.count, by: 2).map { (items[$0], items[$0 + 1]) }
  }
}
