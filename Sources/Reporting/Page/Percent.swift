/// A length for markup, to a hundredth of a percent.
func percent(_ value: Double) -> String {
  let hundredths = Int((value * 100).rounded())
  return "\(Double(hundredths) / 100)%"
}
