import CTorch
import Glibc
import Synchronization

/// Settings of libtorch for the whole process.
public enum Runtime {
  /// libtorch's version, such as `1.13.1`.
  public static var version: String { String(cString: ct_version()) }

  /// The threads that one operation uses.
  public static var threads: Int {
    get { Int(ct_threads()) }
    set { checked(ct_set_threads(Int32(newValue))) }
  }

  /// The processors that the system has online. libtorch begins with as many threads as it believes
  /// there to be cores, which in virtual machines may be half of them.
  public static var processors: Int { sysconf(Int32(_SC_NPROCESSORS_ONLN)) }

  /// Whether the processor has instructions that multiply numbers of bfloat16, which makes that
  /// faster than float32.
  public static var multipliesBFloat16: Bool { ct_multiplies_bfloat16() }

  /// Sets the threads that one operation uses where the calling thread runs it; those of other
  /// threads stay. For threads that work side by side.
  public static func useThreadsHere(_ count: Int) {
    checked(ct_use_threads_here(Int32(count)))
  }

  /// Seeds the generators of all devices. The same seed gives the same draws as in PyTorch.
  public static func seed(_ seed: UInt64) {
    checked(ct_seed(seed))
  }

  /// Keeps the memory of tensors that are gone for those to come, instead of giving it back to the
  /// system and paying for fresh pages in every step: little more than was in use at a time. What
  /// else is freed stays in the process too, in one place for all threads that have not begun yet.
  public static func keepMemory() {
    ct_keep_memory()
  }

  /// Gives memory that is kept and not in use back to the system once, before it is measured.
  public static func returnMemory() {
    ct_return_memory()
  }

  /// Says how the program ends where libtorch refuses an operation, for want of memory or for
  /// shapes that do not fit; the handler gets the operation and libtorch's reason. Without a
  /// handler that is a trap.
  ///
  /// Where several threads fail at a time the first is reported; the others wait for the end.
  public static func onFailure(_ handler: @escaping @Sendable (String) -> Never) {
    failureHandler.withLock { $0 = handler }
  }

  private static let failureHandler = Mutex<(@Sendable (String) -> Never)?>(nil)

  static func fail(_ message: String) -> Never {
    failureHandler.withLock { $0?(message) }
    fatalError(message)
  }
}

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
