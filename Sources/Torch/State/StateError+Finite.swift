extension StateError {
  private static let mostListed = 5

  /// Checks that all fractions of some tensors are numbers a model can work with.
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
  /// Whether no number is NaN or infinite; whole numbers never are.
  public var isAllFinite: Bool {
    guard dtype.isFloatingPoint, count > 0 else { return true }
    let numbers = detached()
    // NaN is both the least and the greatest of its like.
    return numbers.amax().item().isFinite && numbers.amin().item().isFinite
  }
}
