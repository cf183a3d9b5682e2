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
