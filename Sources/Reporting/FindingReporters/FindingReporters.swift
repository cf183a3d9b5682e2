/// The formats that findings can be shown in.
public enum FindingReporters {
  public static let all: [any FindingReporter.Type] = [
    TextReporter.self
  ]
}
