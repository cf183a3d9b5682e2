import Glibc

/// The operations on paths, plain strings with `/` between their parts.
public enum Path {
  /// Returns the path as messages give it: in words for `-`, which stands for standard input.
  public static func shown(_ path: String) -> String {
    path == PipedInput.standardInput ? "standard input" : path
  }

  /// Returns everything before the last slash; `.` if there is none.
  public static func folder(of path: String) -> String {
    guard let slash = lastSlash(path) else { return "." }
    return slash == 0 ? "/" : prefix(of: path, slash)
  }

  /// Returns the last part.
  public static func name(of path: String) -> String {
    guard let slash = lastSlash(path) else { return path }
    return suffix(of: path, from: slash + 1)
  }

  /// Returns the path without the ending of its last part: `a.b/c.d.jpg` gives `a.b/c.d`.
  public static func withoutExtension(_ path: String) -> String {
    guard let dot = extensionDot(path) else { return path }
    return prefix(of: path, dot)
  }

  /// Returns the ending of the last part, in lower case and without its dot; empty if there is
  /// none.
  public static func fileExtension(_ path: String) -> String {
    guard let dot = extensionDot(path) else { return "" }
    return suffix(of: path, from: dot + 1).lowercased()
  }

  /// Returns whether the last part ends in a dot and `ending`, which is lower case, in any letter
  /// case.
  public static func ends(_ path: String, in ending: String) -> Bool {
    let isEnding: Bool? = path.utf8.withContiguousStorageIfAvailable { bytes in
      var index = bytes.count - ending.utf8.count
      guard index > 0, bytes[index - 1] == UInt8(ascii: ".") else { return false }
      for lower in ending.utf8 {
        let byte = bytes[index]
        guard byte == lower || (byte | 0x20 == lower && lower >= UInt8(ascii: "a")) else {
          return false
        }
        index += 1
      }
      return true
    }
    return isEnding ?? (fileExtension(path) == ending)
  }

  /// Returns `folder/name`, or `name` alone if it is absolute or the folder is empty or `.`.
  public static func join(_ folder: String, _ name: String) -> String {
    if name.utf8.first == UInt8(ascii: "/") || folder.isEmpty || folder == "." { return name }
    if folder.utf8.last == UInt8(ascii: "/") { return folder + name }
    var path = ""
    path.reserveCapacity(folder.utf8.count + 1 + name.utf8.count)
    path += folder
    path += "/"
    path += name
    return path
  }

  /// Returns the path with `.`, `..` and doubled slashes resolved by name alone.
  public static func normalized(_ path: String) -> String {
    var parts: [Substring] = []
    let isAbsolute = path.utf8.first == UInt8(ascii: "/")
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || !isAbsolute {
        parts.append(part)
      }
    }
    let joined = parts.joined(separator: "/")
    if isAbsolute { return "/" + joined }
    return joined.isEmpty ? "." : joined
  }

  /// Returns the deepest folder that contains or is each of `folders`; nil if there are none.
  public static func common(of folders: some Sequence<String>) -> String? {
    var shared: [Substring]?
    var first = ""
    var previous = ""
    for folder in folders where shared == nil || folder != previous {
      previous = folder
      let parts = folder.split(separator: "/", omittingEmptySubsequences: false)
      if let parent = shared {
        shared = zip(parent, parts).prefix { $0 == $1 }.map(\.0)
      } else {
        shared = parts
        first = folder
      }
    }
    return shared.map { parts in
      let joined = parts.joined(separator: "/")
      return joined.isEmpty ? (first.hasPrefix("/") ? "/" : ".") : joined
    }
  }

  /// Returns the path relative to `folder`; unchanged if it does not lie below it.
  public static func relative(_ path: String, to folder: String) -> String {
    if folder == "." { return path }
    let prefix = folder == "/" ? folder : folder + "/"
    guard path.utf8.starts(with: prefix.utf8) else { return path }
    return suffix(of: path, from: prefix.utf8.count)
  }

  /// Returns whether a path that is joined to a folder may lead out of it: it is absolute, or a
  /// part of it is `..`.
  public static func leadsOut(_ path: String) -> Bool {
    let (slash, dot) = (UInt8(ascii: "/"), UInt8(ascii: "."))
    if path.utf8.first == slash { return true }
    // Of the part so far: its bytes, and whether all are dots.
    var (count, areDots) = (0, true)
    for byte in path.utf8 {
      if byte == slash {
        if count == 2, areDots { return true }
        (count, areDots) = (0, true)
      } else {
        count += 1
        areDots = areDots && byte == dot
      }
    }
    return count == 2 && areDots
  }

  /// Returns the relative path that leads from one folder to another, both absolute and without
  /// links, or both below the same folder.
  public static func way(from folder: String, to other: String) -> String {
    let (from, to) = (parts(folder), parts(other))
    let shared = zip(from, to).prefix { $0 == $1 }.count
    let parts =
      repeatElement("..", count: from.count - shared) + to.dropFirst(shared).map(String.init)
    return parts.isEmpty ? "." : parts.joined(separator: "/")
  }

  private static func parts(_ path: String) -> [Substring] {
    path.split(separator: "/").filter { $0 != "." }
  }

  /// Returns the absolute path with all links followed; nil if nothing exists there.
  public static func real(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  /// Returns the offset of the last part in bytes.
  public static func nameOffset(in path: String) -> Int {
    let slash = UInt8(ascii: "/")
    let last =
      path.utf8.withContiguousStorageIfAvailable { $0.lastIndex(of: slash) }
      ?? Array(path.utf8).lastIndex(of: slash)
    return last.map { $0 + 1 } ?? 0
  }

  /// Returns everything before the last part, with the slash that ends it; empty if there is none.
  public static func prefix(of path: String) -> String {
    String(path.utf8.prefix(nameOffset(in: path))) ?? ""
  }

  /// Returns whether nothing but the last part stands behind `prefix`, which ends in a slash or is
  /// empty.
  public static func lies(_ path: String, directlyBelow prefix: String) -> Bool {
    nameOffset(in: path) == prefix.utf8.count && path.hasPrefix(prefix)
  }

  /// Returns the last part without its ending.
  public static func stem(of path: String) -> String {
    let stem: String? = path.utf8.withContiguousStorageIfAvailable { bytes in
      let start = bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
      let name = bytes[start...]
      let dot = name.lastIndex(of: UInt8(ascii: "."))
      let end = dot.flatMap { $0 > start ? $0 : nil } ?? bytes.count
      return String(decoding: bytes[start..<end], as: UTF8.self)
    }
    return stem ?? withoutExtension(name(of: path))
  }

  private static func lastSlash(_ path: String) -> Int? {
    path.utf8.withContiguousStorageIfAvailable { bytes in
      bytes.lastIndex(of: UInt8(ascii: "/"))
    } ?? Array(path.utf8).lastIndex(of: UInt8(ascii: "/"))
  }

  /// Returns the offset of the dot before the ending; a dot that begins the last part is none.
  private static func extensionDot(_ path: String) -> Int? {
    let first = (lastSlash(path) ?? -1) + 1
    let dot =
      path.utf8.withContiguousStorageIfAvailable { bytes in
        bytes.lastIndex(of: UInt8(ascii: "."))
      } ?? Array(path.utf8).lastIndex(of: UInt8(ascii: "."))
    return dot.flatMap { $0 > first ? $0 : nil }
  }

  private static func prefix(of path: String, _ count: Int) -> String {
    String(path[..<path.utf8.index(path.startIndex, offsetBy: count)])
  }

  private static func suffix(of path: String, from offset: Int) -> String {
    String(path[path.utf8.index(path.startIndex, offsetBy: offset)...])
  }
}
