/// Paths as plain strings with `/` between their parts.
public enum Path {
  /// All before the last slash, `.` where there is none.
  public static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.utf8.startIndex ? "/" : String(path[..<slash])
  }

  /// The last part.
  public static func name(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return String(path[path.utf8.index(after: slash)...])
  }

  /// The path without the ending of its last part: `a.b/c.d.jpg` gives `a.b/c.d`.
  public static func withoutExtension(_ path: String) -> String {
    guard let dot = extensionDot(path) else { return path }
    return String(path[..<dot])
  }

  /// The ending of the last part, lower case and without its dot; empty where there is none.
  public static func fileExtension(_ path: String) -> String {
    guard let dot = extensionDot(path) else { return "" }
    return path[path.utf8.index(after: dot)...].lowercased()
  }

  /// `folder/name`, or `name` alone where it is absolute or the folder is empty or `.`.
  public static func join(_ folder: String, _ name: String) -> String {
    if name.utf8.first == UInt8(ascii: "/") || folder.isEmpty || folder == "." { return name }
    return folder.utf8.last == UInt8(ascii: "/") ? folder + name : "\(folder)/\(name)"
  }

  /// The path with `.`, `..` and doubled slashes resolved by name alone.
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

  private static func extensionDot(_ path: String) -> String.Index? {
    guard let dot = path.utf8.lastIndex(of: UInt8(ascii: ".")), dot != path.utf8.startIndex else {
      return nil
    }
    let tail = path.utf8[dot...]
    let before = path.utf8[path.utf8.index(before: dot)]
    return tail.contains(UInt8(ascii: "/")) || before == UInt8(ascii: "/") ? nil : dot
  }
}
