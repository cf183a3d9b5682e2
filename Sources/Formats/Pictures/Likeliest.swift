extension [String] {
  /// Returns the paths of which the likeness is greatest, by its first number, then the others.
  func likeliest(_ likeness: (String) -> (Int, Int, Int)) -> [String] {
    let all = map { (path: $0, likeness: likeness($0)) }
    guard let best = all.map(\.likeness).max(by: <) else { return [] }
    return all.filter { $0.likeness == best }.map(\.path)
  }
}
