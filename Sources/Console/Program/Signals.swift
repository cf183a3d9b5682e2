import COCO
import Files
import Glibc
import Synchronization

/// The program's handling of signals.
public enum Signals {
  /// The pipe to which the handler writes the signal's number. Signals are not awaited instead: the
  /// main thread lets all of them through while others work.
  private static let pipeEnd = Atomic<Int32>(-1)
  private static let endings = [SIGINT, SIGTERM, SIGHUP]
  /// The message for a noted signal; nil while the first signal ends the program.
  private static let notice = Mutex<String?>(nil)
  /// The number of the signal that was noted, 0 before.
  private static let noted = Atomic<Int32>(0)

  /// Prepares the handling of signals; it must be called before anything else in the program.
  public static func prepare() {
    // A reader that has gone away and a limit of file size then show as errors of the write.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    pipeEnd.store(ends[1], ordering: .relaxed)
    var thread = pthread_t()
    let input = UnsafeMutableRawPointer(bitPattern: Int(ends[0]))
    pthread_create(&thread, nil, { Signals.waitForEnding(Int32(Int(bitPattern: $0))) }, input)
    for number in endings where !isIgnored(number) {
      signal(number) { number in
        let code = errno
        var byte = UInt8(truncatingIfNeeded: number)
        write(Signals.pipeEnd.load(ordering: .relaxed), &byte, 1)
        errno = code
      }
    }
  }

  /// Makes the first signal that would end the program print `notice` only: the verb then ends in
  /// its own time and calls `endIfAsked()`. A second signal ends the program at once.
  public static func deferEnding(_ notice: String) {
    Self.notice.withLock { $0 = notice }
  }

  /// Whether a signal was noted, so that the verb should end.
  public static var isEndingAsked: Bool { noted.load(ordering: .relaxed) != 0 }

  /// Ends the program as the noted signal would have; does nothing if none was noted.
  public static func endIfAsked() {
    let number = noted.load(ordering: .relaxed)
    if number != 0 { end(by: number) }
  }

  /// Returns whether a signal is ignored, as `nohup` and shells arrange for background programs.
  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    sigaction(number, nil, &action)
    let handler = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
    return handler == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Waits in a thread of its own, in which more is allowed than in a handler.
  private static func waitForEnding(_ input: Int32) -> Never {
    var number = next(input)
    if let notice = notice.withLock({ $0 }) {
      noted.store(number, ordering: .relaxed)
      if Terminal.errorIsTerminal { Terminal.replaceLine("") }
      Terminal.message(notice)
      number = next(input)
    }
    end(by: number)
  }

  /// Returns the number of the next signal.
  private static func next(_ input: Int32) -> Int32 {
    var byte: UInt8 = 0
    while read(input, &byte, 1) != 1 {}
    return Int32(byte)
  }

  /// Removes unfinished files, and ends the program as the signal would have.
  private static func end(by number: Int32) -> Never {
    // Another signal ends the program at once.
    for number in endings where !isIgnored(number) { signal(number, SIG_DFL) }
    UnfinishedFiles.removeAll {
      ProgressBar.clear()
      // Other threads than the one that waits have signals blocked.
      var signals = sigset_t()
      sigemptyset(&signals)
      sigaddset(&signals, number)
      pthread_sigmask(SIG_UNBLOCK, &signals, nil)
      raise(number)
      _exit(128 + number)
    }
  }
}
