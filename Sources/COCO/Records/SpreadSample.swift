/// A few elements from all over a sequence of unknown length: those at the multiples of the
/// smallest power of two that leaves at most `most` of them.
public struct SpreadSample<Element> {
  /// The elements, in their order.
  public private(set) var elements: [Element] = []
  private let most: Int
  private var step = 1
  private var count = 0

  /// Creates a sample of at most this number of elements, at least 2.
  public init(most: Int = 16) {
    self.most = max(most, 2)
  }

  /// Adds the element that comes next in the sequence.
  public mutating func add(_ element: Element) {
    defer { count += 1 }
    guard count.isMultiple(of: step) else { return }
    if elements.count == most {
      step *= 2
      elements = elements.indices.filter { $0.isMultiple(of: 2) }.map { elements[$0] }
      guard count.isMultiple(of: step) else { return }
    }
    elements.append(element)
  }
}

extension SpreadSample: Sendable where Element: Sendable {}
