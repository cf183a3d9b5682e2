import ArgumentParser

/// The options whose values are counts.
public enum CountOptions {
  /// Throws for the first one that is given and below 1.
  public static func check(_ options: (name: String, value: Int?)...) throws {
    for (name, value) in options {
      if let value, value < 1 {
        throw ValidationError("\(name) takes a number of 1 or more, found \(value)")
      }
    }
  }
}
