import CCopra
import Glibc

/// Memory that is lent until its owner is freed.
final class Lent: Sendable {
  private nonisolated(unsafe) let memory: UnsafeMutableRawPointer
  private let count: Int
  private let kind: Int

  /// Creates room for elements of `stride` bytes each.
  private init(_ count: Int, stride: Int, _ kind: Int) {
    self.count = count
    self.kind = kind
    memory = Self.room(count * stride)
  }

  /// Lends a copy of the bytes of elements.
  private convenience init(_ bytes: UnsafeRawBufferPointer, stride: Int, _ kind: Int) {
    self.init(bytes.count / stride, stride: stride, kind)
    if let first = bytes.baseAddress { memory.copyMemory(from: first, byteCount: bytes.count) }
  }

  /// Creates room for this number of doubles, for the caller to fill.
  convenience init(doubles count: Int) {
    self.init(count, stride: MemoryLayout<Double>.stride, COPRA_FLOAT64)
  }

  convenience init(copying bytes: UnsafeBufferPointer<UInt8>) {
    self.init(UnsafeRawBufferPointer(bytes), stride: 1, COPRA_UINT8)
  }

  convenience init(_ numbers: [Double]) { self.init(elements: numbers, COPRA_FLOAT64) }
  convenience init(_ numbers: [Int64]) { self.init(elements: numbers, COPRA_INT64) }
  convenience init(_ bytes: [UInt8]) { self.init(elements: bytes, COPRA_UINT8) }

  convenience init(texts: [String]) {
    var bytes: [UInt8] = []
    for text in texts {
      bytes += text.utf8.lazy.filter { $0 != 0 }
      bytes.append(0)
    }
    self.init(elements: bytes, COPRA_TEXTS)
  }

  private convenience init<Element: BitwiseCopyable>(elements: [Element], _ kind: Int) {
    self.init(elements.count, stride: MemoryLayout<Element>.stride, kind)
    elements.withUnsafeBytes { bytes in
      if let first = bytes.baseAddress {
        memory.copyMemory(from: first, byteCount: bytes.count)
      }
    }
  }

  deinit { free(memory) }

  /// The elements, of which each is a double.
  var doubles: UnsafeMutablePointer<Double> {
    memory.bindMemory(to: Double.self, capacity: count)
  }

  /// The elements, of which each is a byte.
  var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: memory.bindMemory(to: UInt8.self, capacity: count), count: count)
  }

  func lend(to array: UnsafeMutablePointer<copra_array>?) throws {
    try Call.required(array, "the array").pointee = copra_array(
      first: memory, count: Int64(count), kind: Int32(kind))
  }

  /// Returns memory. Much of it is aligned for, and made of, large pages where the system has them:
  /// each small one takes about as long to get as to fill.
  private static func room(_ bytes: Int) -> UnsafeMutableRawPointer {
    let isLarge = bytes >= 2 * largePage
    var memory: UnsafeMutableRawPointer?
    guard posix_memalign(&memory, isLarge ? largePage : 16, max(bytes, 1)) == 0, let memory else {
      fatalError("expected \(bytes) bytes of memory, found none")
    }
    // Where this is refused, pages are small.
    if isLarge { _ = madvise(memory, bytes, MADV_HUGEPAGE) }
    return memory
  }

  private static let largePage = 1 << 21
}
