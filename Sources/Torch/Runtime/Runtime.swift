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

  /// Where the processor's generator stands: uint8 [K], which only the same libtorch understands.
  ///
  /// Taken and set again, it lets a resumed training draw what it would have drawn.
  public static var generatorState: Tensor { made(ct_generator_state()) }

  /// Lets the processor's generator go on from where it stood.
  ///
  /// - Throws: `TorchError` for a state that is not this libtorch's.
  public static func setGeneratorState(_ state: Tensor) throws(TorchError) {
    guard ct_set_generator_state(state.pointer) else { throw TorchError(lastError()) }
  }

  /// Keeps the memory of tensors that are gone for those to come, instead of giving it back to the
  /// system and paying for fresh pages in every step: little more than was in use at a time. What
  /// else is freed stays in the process too, in one place for all threads that have not begun yet.
  public static func keepMemory() {
    ct_keep_memory()
  }

  /// Says how the program ends where libtorch refuses an operation, for want of memory or for
  /// shapes that do not fit; the handler is told the operation and libtorch's reason. Without a
  /// handler that is a trap.
  ///
  /// Where several threads fail at a time the first is told; the others wait for the end.
  public static func onFailure(_ handler: @escaping @Sendable (String) -> Never) {
    failureHandler.withLock { $0 = handler }
  }

  private static let failureHandler = Mutex<(@Sendable (String) -> Never)?>(nil)

  static func fail(_ message: String) -> Never {
    failureHandler.withLock { $0?(message) }
    fatalError(message)
  }
}
