import CTorch
import Glibc
import Synchronization

/// The settings of libtorch for the whole process.
public enum Runtime {
  /// The version of libtorch, such as `1.13.1`.
  public static var version: String { String(cString: ct_version()) }

  /// The number of threads that one operation uses.
  public static var threads: Int {
    get { Int(ct_threads()) }
    set { checked(ct_set_threads(Int32(newValue))) }
  }

  /// The number of processors that the system has online.
  ///
  /// libtorch starts with as many threads as it counts cores, which in virtual machines may be half
  /// of them.
  public static var processors: Int { sysconf(Int32(_SC_NPROCESSORS_ONLN)) }

  /// A Boolean value that is true if the processor has instructions that multiply bfloat16 numbers,
  /// which makes bfloat16 faster than float32.
  public static var multipliesBFloat16: Bool { ct_multiplies_bfloat16() }

  /// Sets the number of threads that one operation uses on the calling thread, and not on others.
  /// It is meant for threads that work in parallel.
  public static func useThreadsHere(_ count: Int) {
    checked(ct_use_threads_here(Int32(count)))
  }

  /// Seeds the generators of all devices. The same seed gives the same draws as in PyTorch.
  public static func seed(_ seed: UInt64) {
    checked(ct_seed(seed))
  }

  /// Keeps the memory of freed tensors for later ones, instead of returning it to the system and
  /// requesting fresh pages in every step.
  ///
  /// The process keeps little more than was in use at a time. Other freed memory stays in the
  /// process too, in one arena for all threads that have not started yet.
  public static func keepMemory() {
    ct_keep_memory()
  }

  /// Returns memory that is kept but not in use to the system once, for example before it is
  /// measured.
  public static func returnMemory() {
    ct_return_memory()
  }

  /// Sets a handler that ends the program when libtorch fails in an operation, for lack of memory
  /// or for shapes that do not fit. It receives the operation and libtorch's reason; without a
  /// handler the program traps.
  ///
  /// If several threads fail at once, the first failure is reported and the other threads wait for
  /// the end.
  public static func onFailure(_ handler: @escaping @Sendable (String) -> Never) {
    failureHandler.withLock { $0 = handler }
  }

  private static let failureHandler = Mutex<(@Sendable (String) -> Never)?>(nil)

  static func fail(_ message: String) -> Never {
    failureHandler.withLock { $0?(message) }
    fatalError(message)
  }
}

/// Runs the body without recording operations for gradients.
public func withoutGradients<Result, Failure: Error>(
  _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  let enabled = ct_gradients_enabled()
  ct_enable_gradients(false)
  defer { ct_enable_gradients(enabled) }
  return try body()
}

/// Returns whether operations on this thread are recorded for a backward pass.
public func gradientsAreRecorded() -> Bool {
  ct_gradients_enabled()
}

/// Runs the body with convolutions and matrix products in a smaller type, as `torch.autocast` does.
/// Run the backward pass outside.
public func autocast<Result, Failure: Error>(
  to dtype: DType, on device: Device = .cpu, _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  checked(ct_autocast(device.code, true, dtype.code))
  defer { checked(ct_autocast(device.code, false, dtype.code)) }
  return try body()
}

/// Runs the body with `fillUniform` and `fillNormal` turned off.
///
/// This quickly makes a model whose weights come from a file or whose parameters are only counted.
/// Memory that is never written to is not even allocated.
public func withoutDraws<Result>(_ body: () throws -> Result) rethrows -> Result {
  try Draws.$skipped.withValue(true, operation: body)
}

enum Draws {
  @TaskLocal static var skipped = false
}
