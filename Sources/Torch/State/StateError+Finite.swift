extension StateError {
  private static let mostListed = 5

  /// Checks that all floating-point elements of some tensors are finite.
  ///
  /// - Throws: A `StateError` that lists the tensors with NaN or infinity.
  static func requireFinite(
    _ tensors: [(key: String, tensor: StoredTensor)], in path: String
  ) throws(StateError) {
    let faulty = tensors.filter { !Tensor($0.tensor).isAllFinite }
    guard !faulty.isEmpty else { return }
    let keys = faulty.prefix(mostListed).map { $0.key.quotedForMessage }
    let more = faulty.count > keys.count ? " and \(faulty.count - keys.count) more" : ""
    throw StateError(
      path,
      "expected finite numbers, found NaN or infinity in \(keys.joined(separator: ", "))\(more)")
  }
}

extension Tensor {
  /// A Boolean value that is true if no element is NaN or infinite, which integers never are.
  public var isAllFinite: Bool {
    guard dtype.isFloatingPoint, count > 0 else { return true }
    let numbers = detached()
    // NaN is both the minimum and the maximum of its tensor.
    return numbers.amax().item().isFinite && numbers.amin().item().isFinite
  }
}
