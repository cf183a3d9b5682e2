import Testing

/// Tests that draw from libtorch's one generator, which must not run at the same time.
@Suite("Runs of models", .serialized)
enum ModelRuns {}
