import ArgumentParser

/// In what type convolutions and matrix products are computed: the value of `--precision`.
enum Precision: String, ExpressibleByArgument, CaseIterable {
  case fp32, bf16
}
