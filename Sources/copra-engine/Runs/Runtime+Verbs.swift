import Torch

extension Runtime {
  /// Gets ready for a verb: all processors work unless it is told otherwise, and freed memory stays.
  static func prepare(threads: Int?) {
    self.threads = threads ?? processors
    keepMemory()
  }
}
