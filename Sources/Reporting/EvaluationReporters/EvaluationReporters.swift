/// The formats that evaluations can be shown in.
public enum EvaluationReporters {
  public static let all: [any EvaluationReporter.Type] = [
    TextEvaluationReporter.self,
    JSONEvaluationReporter.self,
  ]
}
