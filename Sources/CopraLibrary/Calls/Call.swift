import CCopra
import COCO
import Datasets
import DetectionMetrics
import Files

/// The reason why a call was refused, as a message for its caller.
struct CallError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// The frame of every call: what is thrown becomes the status and the thread's error text.
enum Call {
  static func run(_ body: () throws -> Void) -> Int32 {
    do {
      try body()
      return Int32(COPRA_OK)
    } catch {
      copra_set_last_error(String(describing: error))
      let isOfFile = error is FileError || error is DatasetError || error is UnreadableFile
      return Int32(isOfFile ? COPRA_BAD_FILE : COPRA_BAD_ARGUMENT)
    }
  }

  /// Runs work of many parts on all threads that the caller allows.
  static func work<Result: Sendable>(
    _ body: @escaping @Sendable (OrderedTasks) async throws -> Result
  ) throws -> Result {
    let threads = threads
    return try CallExecutor.run(threads: threads) {
      try await body(OrderedTasks(threads: threads))
    }
  }

  static var threads: Int {
    let allowed = Int(copra_threads())
    return max(allowed == 0 ? Workers.processors : allowed, 1)
  }

  static func text(_ text: UnsafePointer<CChar>?, _ name: String) throws -> String {
    String(cString: try required(text, name))
  }

  /// Returns a pointer; throws if it is NULL.
  static func required<Pointer>(_ pointer: Pointer?, _ name: String) throws -> Pointer {
    guard let pointer else { throw CallError("\(name): expected a pointer, found NULL") }
    return pointer
  }

  /// Returns the elements that a caller lends; NULL is allowed for none.
  static func elements<Element>(
    _ first: UnsafePointer<Element>?, _ count: Int64, _ name: String
  ) throws -> UnsafeBufferPointer<Element> {
    let count = try self.count(count, name)
    return UnsafeBufferPointer(
      start: count == 0 ? nil : try required(first, name), count: count)
  }

  static func count(_ count: Int64, _ name: String) throws -> Int {
    // More would not fit into any memory.
    guard (0...Int64(UInt32.max)).contains(count) else {
      throw CallError("\(name): expected a number of elements from 0 on, found \(count)")
    }
    return Int(count)
  }

  /// The number of elements of a table.
  static func product(_ rows: Int, _ columns: Int, _ name: String) throws -> Int {
    let (product, overflows) = Int64(rows).multipliedReportingOverflow(by: Int64(columns))
    return try count(overflows ? .max : product, name)
  }
}

/// A file that can be read, and does not hold what it should.
struct UnreadableFile: Error, CustomStringConvertible {
  let description: String
}
