/// An array as NumPy's `.npy` files hold it, version 1.0, with the last index running fastest.
public enum NumPyArray {
  /// Returns the complete file of doubles; `shape` is the number of them along each index.
  public static func bytes(_ values: [Double], shape: [Int]) -> [UInt8] {
    precondition(
      shape.reduce(1, *) == values.count, "expected \(shape) values, found \(values.count)")
    let sides = shape.map { "\($0), " }.joined()
    var header = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(sides)), }"
    // The numbers begin at a multiple of 64 bytes.
    let length = (10 + header.utf8.count + 1 + 63) / 64 * 64 - 10
    header += String(repeating: " ", count: length - header.utf8.count - 1) + "\n"
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
    bytes += [UInt8(length & 0xFF), UInt8(length >> 8)] + Array(header.utf8)
    bytes.reserveCapacity(bytes.count + values.count * 8)
    for value in values {
      withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }
    return bytes
  }
}
