public import Files
import Glibc
import Reporting
import Synchronization

/// A progress bar on standard error, drawn only on a terminal and only after a second of work.
public enum ProgressBar {
  private static let isDrawn = Atomic<Bool>(false)

  /// Returns a progress display for the task called `name`; nil if standard error is no terminal.
  public static func shown(_ name: String) -> (@Sendable (Int, Int) -> Void)? {
    guard Terminal.errorIsTerminal else { return nil }
    let counter = ProgressCounter(start: now())
    let line = ProgressLine("\(name), %", total: 100)
    return { done, total in
      guard counter.advance(at: now()) != nil, total > 0 else { return }
      Terminal.replaceLine(line.line(for: done * 100 / total, width: width()))
      isDrawn.store(true, ordering: .relaxed)
    }
  }

  /// Removes the bar if one is drawn.
  public static func clear() {
    if isDrawn.exchange(false, ordering: .relaxed) { Terminal.replaceLine("") }
  }

  /// Returns nanoseconds on a clock that is never set.
  private static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  private static func width() -> Int {
    var size = winsize()
    return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
      ? Int(size.ws_col) : 80
  }
}

extension Workers {
  /// Returns workers that show their progress on standard error, on all processors unless a number
  /// of threads is given.
  public static func atTerminal(threads: Int?) -> Workers {
    Workers(threads: threads, progress: ProgressBar.shown)
  }
}
