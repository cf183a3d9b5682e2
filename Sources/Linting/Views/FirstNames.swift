/// Which record has a name first. Holds positions alone: a dictionary would hold hundreds of thousands
/// of names once more.
struct FirstNames {
  /// Positions by the hashes of their names, -1 where there is none.
  private var slots: [Int32]

  /// An index for so many names.
  init(count: Int) {
    var size = 16
    while size < 2 * count { size *= 2 }
    slots = [Int32](repeating: -1, count: size)
  }

  /// The position of the first record of this name; where there is none so far, takes `position` for
  /// it and returns nil.
  ///
  /// - Parameter known: the name of a record that was taken.
  mutating func first(
    of name: String, at position: Int, known: (Int) -> String
  ) -> Int? {
    var slot = name.hashValue & (slots.count - 1)
    while slots[slot] >= 0 {
      let first = Int(slots[slot])
      if known(first) == name { return first }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(position)
    return nil
  }
}
