/// The record that has a name first. It holds positions only: a dictionary would hold hundreds of
/// thousands of names again.
struct FirstNames {
  /// The positions by the hashes of their names, -1 in free slots.
  private var slots: [Int32]

  /// Creates an index for this number of names.
  init(count: Int) {
    var size = 16
    while size < 2 * count { size *= 2 }
    slots = [Int32](repeating: -1, count: size)
  }

  /// Returns the position of the first record of this name; if there is none so far, stores
  /// `position` for it and returns nil.
  ///
  /// - Parameter known: Returns the name of a record that was stored.
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
