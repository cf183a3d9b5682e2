/// The version that every program prints by `--version`, and that the library and the wheel have.
public enum Version {
  /// As semantic versioning has it.
  public static let text = "0.1.0"
}
