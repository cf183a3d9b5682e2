import COCO
import Glibc

/// What the program does about signals.
enum Signals {
  /// Must run before there are other threads, which take over what it blocks.
  static func prepare() {
    // A reader that has gone away and a limit of file size then show as errors of the write.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    var endings = sigset_t()
    sigemptyset(&endings)
    for number in [SIGINT, SIGTERM, SIGHUP] where !isIgnored(number) {
      sigaddset(&endings, number)
    }
    pthread_sigmask(SIG_BLOCK, &endings, nil)
    var thread = pthread_t()
    pthread_create(&thread, nil, { _ in Signals.waitForEnding() }, nil)
  }

  /// As `nohup` and shells do for what runs in the background.
  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    sigaction(number, nil, &action)
    let handler = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
    return handler == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Waits in a thread of its own, where more may be done than in a signal handler, takes away what
  /// was not finished, and ends the program as the signal would have.
  private static func waitForEnding() -> Never {
    var endings = sigset_t()
    pthread_sigmask(SIG_BLOCK, nil, &endings)
    var number: Int32 = 0
    while sigwait(&endings, &number) != 0 {}
    // A second signal ends the program at once.
    pthread_sigmask(SIG_UNBLOCK, &endings, nil)
    UnfinishedFiles.removeAll {
      ProgressBar.clear()
      raise(number)
      _exit(128 + number)
    }
  }
}
