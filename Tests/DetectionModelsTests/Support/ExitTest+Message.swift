import Testing

extension ExitTest.Result? {
  /// What the process that trapped wrote, if the standard error stream was observed.
  var message: String {
    String(decoding: self?.standardErrorContent ?? [], as: UTF8.self)
  }
}
