import CCopra
import Files

/// A value behind a C handle.
protocol HandleValue: AnyObject, Sendable {
  /// The name in error texts: "a dataset".
  static var name: String { get }
}

extension HandleValue {
  /// Stores the handle of a value that the caller owns from then on.
  func give(to handle: UnsafeMutablePointer<OpaquePointer?>?) throws {
    try Call.required(handle, "the place of \(Self.name)").pointee = OpaquePointer(
      Unmanaged.passRetained(self).toOpaque())
  }

  /// Returns the value of a handle, which its owner keeps.
  static func borrow(_ handle: OpaquePointer?) throws -> Self {
    guard let handle else { throw CallError("expected \(name), found NULL") }
    return Unmanaged<Self>.fromOpaque(UnsafeRawPointer(handle)).takeUnretainedValue()
  }

  static func free(_ handle: OpaquePointer?) {
    if let handle { Unmanaged<Self>.fromOpaque(UnsafeRawPointer(handle)).release() }
  }
}

/// Memory that is lent until its owner is freed.
final class Lent: Sendable {
  private nonisolated(unsafe) let memory: UnsafeMutableRawPointer
  private let count: Int
  private let kind: Int

  /// Lends a copy of the elements.
  init<Element: BitwiseCopyable>(_ elements: [Element], _ kind: Int) {
    count = elements.count
    self.kind = kind
    memory = Self.room(count, of: Element.self)
    elements.withUnsafeBytes {
      memory.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(memory), byteCount: $0.count)
    }
  }

  /// Creates room for this number of doubles, which `fill` fills.
  init(doubles count: Int, fill: (UnsafeMutablePointer<Double>) -> Void) {
    self.count = count
    kind = COPRA_FLOAT64
    memory = Self.room(count, of: Double.self)
    fill(memory.bindMemory(to: Double.self, capacity: count))
  }

  convenience init(_ numbers: [Double]) { self.init(numbers, COPRA_FLOAT64) }
  convenience init(_ numbers: [Int64]) { self.init(numbers, COPRA_INT64) }
  convenience init(_ bytes: [UInt8]) { self.init(bytes, COPRA_UINT8) }

  convenience init(texts: [String]) {
    var bytes: [UInt8] = []
    for text in texts {
      bytes += text.utf8.lazy.filter { $0 != 0 }
      bytes.append(0)
    }
    self.init(bytes, COPRA_TEXTS)
  }

  deinit { memory.deallocate() }

  func lend(to array: UnsafeMutablePointer<copra_array>?) throws {
    try Call.required(array, "the array").pointee = copra_array(
      first: memory, count: Int64(count), kind: Int32(kind))
  }

  private static func room<Element>(_ count: Int, of type: Element.Type) -> UnsafeMutableRawPointer
  {
    .allocate(byteCount: max(count * MemoryLayout<Element>.stride, 1), alignment: 16)
  }
}

/// Columns that are made when they are first requested.
final class LentColumns: Sendable {
  private let columns = Monitor<[Int32: Lent]>([:])

  func lend(
    _ column: Int32, to array: UnsafeMutablePointer<copra_array>?, make: () throws -> Lent
  ) throws {
    if let known = columns.change({ $0[column] }) { return try known.lend(to: array) }
    let made = try make()
    // Another thread may have been quicker.
    try columns.change { columns in
      let kept = columns[column] ?? made
      columns[column] = kept
      return kept
    }.lend(to: array)
  }
}
