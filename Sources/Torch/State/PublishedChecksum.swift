import CCrypto
import Files

/// The first digits of a file's SHA-256, which `torch.hub` puts into the names of published
/// weights, such as `resnet50-11ad3fa6.pth`.
public enum PublishedChecksum {
  /// The number of digits in a name.
  private static let count = 8

  /// Returns the digits in a file's name; nil for a name without digits.
  static func digits(in path: String) -> Substring? {
    let name = path.split(separator: "/").last ?? ""
    guard name.hasSuffix(".pth") else { return nil }
    let parts = name.dropLast(4).split(separator: "-")
    guard let digits = parts.last, parts.count > 1, digits.count == count,
      digits.allSatisfy({ $0.isHexDigit && !$0.isUppercase })
    else { return nil }
    return digits
  }

  /// Returns the reason why a file cannot be the one that was published under its name; nil if
  /// there is none.
  ///
  /// - Throws: A `StateError` for a file that cannot be read.
  public static func doubt(of path: String) throws(StateError) -> String? {
    guard let expected = digits(in: path) else { return nil }
    let file: MappedFile
    do {
      file = try MappedFile(path)
    } catch {
      throw StateError(error)
    }
    let found = sha256(of: file).prefix(count)
    guard found != expected else { return nil }
    return "\(path): expected the published file, whose SHA-256 begins with \(expected), found "
      + "\(found): it is damaged, or another file has its name"
  }

  /// Returns the SHA-256 of a file in hexadecimal digits (FIPS 180-4).
  static func sha256(of file: MappedFile) -> String {
    file.withUnsafeBytes(in: 0..<file.count) { bytes in
      var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
      var length: UInt32 = 0
      let isDone = EVP_Digest(
        bytes.baseAddress, bytes.count, &digest, &length, EVP_sha256(), nil)
      precondition(isDone == 1, "libcrypto has no SHA-256")
      return digest.prefix(Int(length)).map { byte in
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }.joined()
    }
  }
}
