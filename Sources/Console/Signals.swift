import COCO
import Glibc
import Synchronization

/// What the program does about signals.
public enum Signals {
  /// Where the handler writes the signal's number to. Signals are not awaited instead: the main
  /// thread lets all of them through while others work.
  private static let pipeEnd = Atomic<Int32>(-1)
  private static let endings = [SIGINT, SIGTERM, SIGHUP]

  /// Must be the first thing that the program does.
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

  /// As `nohup` and shells have it for what runs in the background.
  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    sigaction(number, nil, &action)
    let handler = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
    return handler == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Waits in a thread of its own, where more may be done than in a handler, takes away what was not
  /// finished, and ends the program as the signal would have.
  private static func waitForEnding(_ input: Int32) -> Never {
    var byte: UInt8 = 0
    while read(input, &byte, 1) != 1 {}
    // A second signal ends the program at once.
    for number in endings where !isIgnored(number) { signal(number, SIG_DFL) }
    let number = Int32(byte)
    UnfinishedFiles.removeAll {
      ProgressBar.clear()
      raise(number)
      _exit(128 + number)
    }
  }
}
