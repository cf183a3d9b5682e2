import Glibc
import Torch

/// The memory of this process and of the machine, in bytes.
public enum ProcessMemory {
  /// The most bytes that the process held since `forgetPeak()`; nil if the system does not report
  /// it.
  static var peak: Int? { status("VmHWM:") }

  /// Returns unused memory to the system, and measures the peak from here on.
  ///
  /// Returns the bytes that the process holds now; nil if the system cannot measure the peak.
  static func forgetPeak() -> Int? {
    Runtime.returnMemory()
    let file = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    // 5 sets the peak to what is held now (proc(5)).
    guard write(file, "5", 1) == 1 else { return nil }
    return status("VmRSS:")
  }

  /// The bytes that the process can still get: the least of what the machine, its control groups
  /// and its own limits allow; nil if none is known.
  public static var available: Int? {
    [
      number(of: "MemAvailable:", in: "/proc/meminfo"), ControlGroupMemory.available,
      ownLimit(__rlimit_resource_t(RLIMIT_AS.rawValue), used: "VmSize:"),
      ownLimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), used: "VmData:"),
    ].compactMap { $0 }.min()
  }

  private static func status(_ key: String) -> Int? { number(of: key, in: "/proc/self/status") }

  private static func ownLimit(_ kind: __rlimit_resource_t, used key: String) -> Int? {
    var limit = rlimit()
    guard getrlimit(kind, &limit) == 0, limit.rlim_cur < rlim_t(Int.max), let used = status(key)
    else { return nil }
    return max(Int(limit.rlim_cur) - used, 0)
  }

  /// Returns the number of kilobytes after a key, in bytes.
  private static func number(of key: String, in path: String) -> Int? {
    guard let text = ControlGroupMemory.text(of: path) else { return nil }
    let line = text.split(separator: "\n").first { $0.hasPrefix(key) }
    let word = line?.split(whereSeparator: \.isWhitespace).dropFirst().first
    return word.flatMap { Int($0) }.map { $0 * 1024 }
  }
}

/// The memory that the control groups of this process leave it (cgroups(7), both versions).
enum ControlGroupMemory {
  /// The available bytes; nil if no group has a limit.
  static var available: Int? {
    guard let text = text(of: "/proc/self/cgroup") else { return nil }
    return text.split(separator: "\n").compactMap { line -> Int? in
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { return nil }
      if parts[1].isEmpty {
        return least(
          under: "/sys/fs/cgroup", String(parts[2]), limit: "memory.max", used: "memory.current")
      }
      guard parts[1].split(separator: ",").contains("memory") else { return nil }
      return least(
        under: "/sys/fs/cgroup/memory", String(parts[2]), limit: "memory.limit_in_bytes",
        used: "memory.usage_in_bytes")
    }.min()
  }

  /// Returns what the group and those above it leave, whichever is the least.
  private static func least(
    under root: String, _ group: String, limit: String, used: String
  ) -> Int? {
    var names = group.split(separator: "/").map(String.init)
    var least: Int?
    while true {
      let folder = ([root] + names).joined(separator: "/")
      // A limit beyond all memory stands for none.
      if let most = number(in: "\(folder)/\(limit)"), most < 1 << 60,
        let used = number(in: "\(folder)/\(used)")
      {
        least = min(least ?? .max, max(most - used, 0))
      }
      guard !names.isEmpty else { return least }
      names.removeLast()
    }
  }

  private static func number(in path: String) -> Int? {
    text(of: path).flatMap { Int($0.filter { !$0.isWhitespace }) }
  }

  /// Returns the text of a kernel file, whose size is not known before it is read.
  static func text(of path: String) -> String? {
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }
}
