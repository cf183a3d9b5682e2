extension Array {
  /// Returns the elements in an order in which those that are neither before the other keep theirs.
  @inlinable
  public func stablySorted(by isBefore: (Element, Element) -> Bool) -> [Element] {
    indices.sorted { left, right in
      if isBefore(self[left], self[right]) { return true }
      return !isBefore(self[right], self[left]) && left < right
    }.map { self[$0] }
  }
}
