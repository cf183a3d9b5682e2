import CTorch

/// Runs the body without recording what gradients need.
public func withoutGradients<Result, Failure: Error>(
  _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  let enabled = ct_gradients_enabled()
  ct_enable_gradients(false)
  defer { ct_enable_gradients(enabled) }
  return try body()
}

/// Whether operations are recorded for a backward pass on this thread.
public func gradientsAreRecorded() -> Bool {
  ct_gradients_enabled()
}

/// Runs the body with convolutions and matrix products in a smaller type, as
/// `torch.autocast` does. The backward pass belongs outside.
public func autocast<Result, Failure: Error>(
  to dtype: DType, on device: Device = .cpu, _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  checked(ct_autocast(device.code, true, dtype.code))
  defer { checked(ct_autocast(device.code, false, dtype.code)) }
  return try body()
}

/// Runs the body with `fillUniform` and `fillNormal` leaving the numbers as they are: makes a model
/// at once whose weights come from a file, or that only counts its parameters. Memory that nobody
/// writes to is not even taken.
public func withoutDraws<Result>(_ body: () throws -> Result) rethrows -> Result {
  try Draws.$skipped.withValue(true, operation: body)
}

enum Draws {
  @TaskLocal static var skipped = false
}
